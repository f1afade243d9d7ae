package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
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

  /** Has the simulated devices send until the twin ends, and returns once something is stored. */
  GreenhousePage simulated(int rate) {
    assertThat(call("POST", "simulator/start", "{\"rate\": " + rate + "}"))
        .contains("\"running\":true");
    await()
        .untilAsserted(
            () ->
                assertThat(call("GET", "ledger", ""))
                    .as(() -> call("GET", "simulator", "") + call("GET", "dead-letters", ""))
                    .containsPattern("\"stored\":[1-9]"));
    return this;
  }

  private String call(String method, String route, String body) {
    return Json.text(browser.call(method, "/projects/" + PROJECT + "/" + route, body));
  }

  @Override
  public void close() {
    browser.close();
    twin.destroy();
  }
}
