package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters on the web page: their filter, the dry run, and the replay. */
@Tag("full")
class PageReplayTest {

  @TempDir Path folder;

  private ForegroundTwin twin;
  private PageBrowser browser;

  @BeforeEach
  void start() throws Exception {
    HallProject.writeWithCode(folder);
    twin = ForegroundTwin.start(folder, "twin", "--retry-gaps", "50ms,50ms");
    browser = PageBrowser.on(twin);
    fail("{\"t\": 13}");
    fail("{\"t\": 13, \"label\": 1}");
    browser.open("?screen=letters");
    browser.awaitText("main .head", "2 letters");
  }

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (twin != null) {
      twin.destroy();
    }
  }

  /** Sends what the project's code fails on, and waits for its dead letter. */
  private void fail(String message) {
    int before = letters();
    twin.run("send", "twin", "--device", "coded", message);
    await().until(() -> letters() == before + 1);
  }

  private int letters() {
    return twin.run("dead-letters", "twin", "list", "--json").objects("items").size();
  }

  @Test
  @DisplayName(
      "A replay of a set that has changed since its dry run is refused, and says what came")
  void aReplayOfAChangedSetIsRefused() {
    browser.click("[data-dry]");
    browser.awaitText(".replay .big", "^2");
    fail("{\"t\": 13, \"label\": 2}");
    browser.type("[data-typed]", "2");
    browser.click("[data-go]");
    browser.awaitText("[data-refused]", "the set has changed[\\s\\S]*1 letter came");
    assertThat(letters()).isEqualTo(3);
    assertThat(browser.count("[data-go]")).as("nothing to press before a new dry run").isZero();
  }

  @Test
  void aReplayNeedsTheTypedCountAndIsAudited() throws Exception {
    Path code = folder.resolve("twin/processors/coded/process.py");
    Files.writeString(code, "def process(event):\n    return event\n");
    CliRun deployed = twin.run("status", "twin");
    assertThat(deployed.exitCode()).isEqualTo(ExitCode.DONE);

    browser.click("[data-dry]");
    browser.awaitText(".replay .big", "^2");
    assertThat(browser.see("[data-go]").isEnabled()).isFalse();
    browser.type("[data-typed]", "3");
    assertThat(browser.see("[data-go]").isEnabled()).isFalse();
    browser.type("[data-typed]", "2");
    browser.click("[data-go]");
    browser.awaitText(".replay", "Replayed 2 of 2|0 stay|stay");
    browser.awaitText(".auditbox", "replay|left");
  }

  @Test
  void theFilterOfACauseChoosesItsLettersAndIsInTheAddress() {
    browser.click(".lgroup .cb");
    browser.see("[data-filter=cause]");
    assertThat(browser.query()).contains("cause=");
    browser.awaitText("[aria-label=Letters]", "2 letters");
    browser.click("[data-dry]");
    browser.awaitText(".replay .big", "^2");
    browser.reload();
    browser.see("[data-filter=cause]");
    browser.awaitText("[aria-label=Letters]", "2 letters");
  }
}
