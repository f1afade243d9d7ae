package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
  @DisplayName(
      "A replay needs the typed count; once the code is corrected it succeeds, and the letters' "
          + "measurements are stored")
  void aReplaySucceedsOnceTheCodeIsCorrected() throws Exception {
    correctTheCode();

    browser.click("[data-dry]");
    browser.awaitText(".replay .big", "^2");
    assertThat(browser.see("[data-go]").isEnabled()).isFalse();
    browser.type("[data-typed]", "3");
    assertThat(browser.see("[data-go]").isEnabled()).isFalse();
    browser.type("[data-typed]", "2");
    browser.click("[data-go]");

    browser.awaitText(".replay [role=status]", "Replayed 2 of 2\\.");
    await().until(() -> letters() == 0);
    List<JsonObject> stored = twin.awaitItems("coded", "2026-01-01", "now", 3);
    assertThat(stored.stream().filter(item -> String.valueOf(item.get("t")).startsWith("13")))
        .as("both failed measurements are there now")
        .hasSize(2);
    browser.awaitText("main .head", "0 letters");
    browser.awaitText(".auditbox", "replay 2");
    assertThat(browser.problems()).isEmpty();
  }

  /** The running twin takes the corrected code by itself. */
  private void correctTheCode() throws IOException {
    Files.writeString(
        folder.resolve("twin/processors/coded/process.py"),
        "def process(event):\n    event['version'] = 'corrected'\n    return event\n");
    await()
        .until(
            () ->
                twin.run("send", "twin", "--device", "coded", "{\"t\": 1}", "--wait", "--json")
                    .json()
                    .object("item")
                    .flatMap(item -> item.text("version"))
                    .isPresent());
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
