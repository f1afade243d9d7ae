package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web page while its stream breaks, comes back, and lists grow. */
@Tag("full")
class PageStreamTest {

  @TempDir Path folder;

  @Test
  @DisplayName("The page says since when it is stale, keeps the last state, and recovers by itself")
  void aStreamThatBreaksIsShownAndComesBack() throws Exception {
    try (GreenhousePage page = GreenhousePage.start(folder)) {
      PageBrowser browser = page.browser();
      CliRun sent =
          page.twin().run("send", "greenhouse", "--device", "tank", "--wait", "{\"level\": 1.2}");
      assertThat(sent.exitCode()).as(sent.err()).isEqualTo(ExitCode.DONE);
      browser.awaitText("[data-device=tank]", "1\\.2");

      page.twin().destroy();
      page.twin().ended();
      browser.awaitText("[data-stream]", "stale since .*reconnecting");
      assertThat(browser.text("[data-device=tank]")).as("the last state stays").contains("1.2");
      assertThat(browser.count(".top.stale")).isEqualTo(1);

      ForegroundTwin again = ForegroundTwin.start(folder, "greenhouse");
      try {
        browser.awaitText("[data-stream]", "live|resynced");
        again.run("send", "greenhouse", "--device", "tank", "--wait", "{\"level\": 1.3}");
        browser.awaitText("[data-device=tank]", "1\\.3");
      } finally {
        again.destroy();
      }
    }
  }

  @Test
  void aFilterSurvivesAReload() throws Exception {
    try (GreenhousePage page = GreenhousePage.start(folder).simulated(10)) {
      PageBrowser browser = page.browser();
      browser.open("?screen=logs&view=logs");
      browser.awaitText("[role=log]", "hot-writer");
      browser.type(".filter input", "function:dispatcher\n");
      browser.see("[data-filter=function]");
      browser.awaitText("[role=log]", "dispatcher");
      await()
          .untilAsserted(() -> assertThat(browser.text("[role=log]")).doesNotContain("hot-writer"));

      browser.reload();

      assertThat(browser.query()).contains("function=dispatcher");
      browser.see("[data-filter=function]");
      browser.awaitText("[role=log]", "dispatcher");
      assertThat(browser.text("[role=log]")).doesNotContain("hot-writer");
    }
  }

  @Test
  @DisplayName("A list never moves under the reader: what is new is counted and waits")
  void aListDoesNotMoveUnderTheReader() throws Exception {
    try (GreenhousePage page = GreenhousePage.start(folder).simulated(10)) {
      PageBrowser browser = page.browser();
      browser.open("?screen=logs&view=logs");
      browser.awaitText("[role=log]", "hot-writer");
      browser.js(
          """
          const box = document.querySelector('[role=log]');
          box.dispatchEvent(new MouseEvent('mouseenter'));
          return '';
          """);
      browser.awaitText("section.logs header", "[1-9]\\d* newer");
      String first = browser.text("[role=log] tbody tr:last-child");
      String waiting = browser.text("section.logs header");
      await().until(() -> !browser.text("section.logs header").equals(waiting));
      assertThat(browser.text("[role=log] tbody tr:last-child")).isEqualTo(first);
      browser.click("section.logs header .btn");
      await().until(() -> !browser.text("[role=log] tbody tr:last-child").equals(first));
    }
  }
}
