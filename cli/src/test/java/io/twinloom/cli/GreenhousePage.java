package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Path;

/** The example's twin with data of simulated devices, and a browser on its page. */
record GreenhousePage(ForegroundTwin twin, PageBrowser browser) implements AutoCloseable {

  static final String PROJECT = "greenhouse";

  static GreenhousePage start(Path folder, String... options) throws IOException {
    CliRun made = CliRun.in(folder, "init", PROJECT, "--from", PROJECT);
    assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
    ForegroundTwin twin = ForegroundTwin.start(folder, PROJECT, options);
    try {
      return new GreenhousePage(twin, PageBrowser.on(twin));
    } catch (IOException | RuntimeException | Error e) {
      twin.destroy();
      throw e;
    }
  }

  /** Has the simulated devices send until the twin ends. */
  GreenhousePage simulated(int rate) {
    browser.call("POST", "projects/" + PROJECT + "/simulator/start", "{\"rate\": " + rate + "}");
    return this;
  }

  @Override
  public void close() {
    browser.close();
    twin.destroy();
  }
}
