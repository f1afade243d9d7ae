package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and values that try to be more than text on the web page. */
@Tag("full")
class HostileNamesOnPageTest {

  private static final String MARKUP =
      "<img src=x onerror=window.hit=1><script>window.hit=1</script>";
  private static final String RIGHT_TO_LEFT = "\u202e\u0645\u0631\u062d\u0628\u0627 txt.exe";
  private static final String CJK = "\u6f22".repeat(64);

  @TempDir Path folder;

  @Test
  @DisplayName("Markup, right-to-left text and 64 characters of CJK are text, and break no screen")
  void hostileTextStaysText() throws Exception {
    Path project = HallProject.write(folder, "DEBUG", devices());
    Files.writeString(
        Files.createDirectories(project.resolve("twin_hierarchy")).resolve("hierarchy.json"),
        """
        [{"type": "entity", "id": "hall", "children": [
          {"type": "component", "name": "c1", "componentTypeId": "s1", "iotDeviceId": "s1"}]}]
        """);
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--retry-gaps", "50ms,50ms");
    try (PageBrowser browser = PageBrowser.on(twin)) {
      for (String text : List.of(MARKUP, RIGHT_TO_LEFT, CJK)) {
        CliRun sent =
            twin.run(
                "send",
                "twin",
                "--device",
                "s1",
                "--wait",
                "{\"label\": \"" + text + "\", \"" + text + "\": 1}");
        assertThat(sent.err()).doesNotContain("TL-INTERNAL");
      }
      browser.open("");
      browser.awaitText("[data-device=s1]", CJK.substring(0, 10));
      for (String screen :
          List.of(
              "overview",
              "topology",
              "devices",
              "devices&device=s1",
              "twin",
              "tiers",
              "events",
              "logs",
              "logs&view=logs",
              "letters",
              "plan")) {
        for (int width : List.of(1440, 320)) {
          browser.size(width, 900);
          browser.open("?screen=" + screen);
          browser.awaitText("[data-stream]", "live");
          assertThat(browser.js("return document.documentElement.scrollWidth <= innerWidth"))
              .as(screen + " at " + width)
              .isEqualTo("true");
        }
      }
      browser.size(1440, 900);
      browser.open("?screen=devices&device=s1&view=table");
      browser.awaitText("main table", "<img src=x onerror=window.hit=1>");
      browser.open("?screen=" + "devices&device=%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E");
      browser.awaitText("main", "There is no device <img src=x");

      assertThat(browser.js("return String(window.hit)")).isEqualTo("undefined");
      assertThat(browser.count("main img, main script")).isZero();
      assertThat(browser.foreignRequests()).isEmpty();
      assertThat(browser.problems()).isEmpty();
    } finally {
      twin.destroy();
    }
  }

  private static String devices() {
    return """
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"},
                                     {"name": "label", "dataType": "STRING"}],
          "constProperties": [{"name": "unit_t", "dataType": "STRING", "value": "<b>unit</b>"}]}]
        """;
  }
}
