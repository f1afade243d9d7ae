package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
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

  private static final String LONG = "long value ".repeat(2000);
  private static final List<String> NUMBER_LIKE =
      List.of("\"NaN\"", "\"-Infinity\"", "\"null\"", "\"\"", "\"  \"", "\"" + LONG + "\"");

  /** 64 letters outside the basic plane, letters from right to left, marks without end. */
  private static final List<String> IDS =
      List.of(
          "\ud801\udc37".repeat(64),
          "\u0645\u0631\u062d\u0628\u0627-\u05e9\u05dc\u05d5\u05dd",
          Normalizer.normalize("z\u0351\u0352\u0353\u0354\u0355".repeat(10), Normalizer.Form.NFC),
          "constructor",
          "__proto__");

  private static final String WRONG_COORDINATES =
      """
      return [...document.querySelectorAll('svg *')]
        .flatMap(e => [...e.attributes]).filter(a => /NaN|Infinity|undefined/.test(a.value)).length;
      """;

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

  @Test
  @DisplayName(
      "Devices of any legal name, values that look like numbers, the largest and smallest numbers,"
          + " and very long texts break no screen")
  void anyLegalDeviceAndValueCanBeShown() throws Exception {
    HallProject.write(folder, "DEBUG", devicesOf(IDS));
    ForegroundTwin twin = ForegroundTwin.start(folder, "twin", "--retry-gaps", "50ms,50ms");
    try (PageBrowser browser = PageBrowser.on(twin)) {
      for (String id : IDS) {
        for (String value : NUMBER_LIKE) {
          send(browser, id, "{\"label\": " + value + "}");
        }
        for (String number : List.of("1.7e308", "-1.7e308", "4.9e-324", "-0.0", "1e21", "0.1")) {
          send(browser, id, "{\"t\": " + number + "}");
        }
      }
      browser.open("");
      browser.awaitText("[data-device='" + IDS.get(1) + "']", "0\\.1");
      browser.awaitText("[data-device='" + IDS.getLast() + "']", "0\\.1");
      for (String id : IDS) {
        String device = URLEncoder.encode(id, StandardCharsets.UTF_8);
        for (String query :
            List.of(
                "devices&device=" + device,
                "devices&view=table&device=" + device,
                "topology&device=" + device,
                "letters&device=" + device,
                "logs&view=logs&device=" + device)) {
          for (int width : List.of(1440, 320)) {
            browser.size(width, 900);
            browser.open("?screen=" + query);
            browser.awaitText("[data-stream]", "live");
            assertThat(browser.js("return document.documentElement.scrollWidth <= innerWidth"))
                .as(query + " at " + width)
                .isEqualTo("true");
          }
        }
        browser.size(1440, 900);
        browser.open("?screen=devices&device=" + device);
        browser.see("[data-chart=t] svg .line");
        assertThat(browser.js(WRONG_COORDINATES)).as("coordinates of " + id).isEqualTo("0");
      }
      assertThat(browser.foreignRequests()).isEmpty();
      assertThat(browser.problems()).isEmpty();
    } finally {
      twin.destroy();
    }
  }

  private static void send(PageBrowser browser, String id, String message) {
    String path =
        "projects/hall/devices/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/messages";
    assertThat(browser.call("POST", path, message).toString()).as(message).contains("acknowledged");
  }

  private static String devicesOf(List<String> ids) {
    return ids.stream()
        .map(
            id ->
                """
                {"id": "%s", "properties": [{"name": "t", "dataType": "DOUBLE"},
                                            {"name": "label", "dataType": "STRING"}]}
                """
                    .formatted(id))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String devices() {
    return """
        [{"id": "s1", "properties": [{"name": "t", "dataType": "DOUBLE"},
                                     {"name": "label", "dataType": "STRING"}],
          "constProperties": [{"name": "unit_t", "dataType": "STRING", "value": "<b>unit</b>"}]}]
        """;
  }
}
