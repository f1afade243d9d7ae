package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures of docs/page.md, taken of the example's twin while it runs; written anew with {@code
 * -Dtwinloom.docs.write}.
 */
class PagePicturesTest {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Path PICTURES = DOCS.resolve("page");
  private static final Pattern SHOWN = Pattern.compile("!\\[[^\\]]+]\\((page/[^)]+)\\)");
  private static final long LARGEST = 1_500_000;

  @TempDir Path folder;

  private record Picture(String name, String query, String scheme, int width, int height) {}

  private static final List<Picture> ALL =
      List.of(
          new Picture("overview", "", "light", 1440, 900),
          new Picture(
              "topology", "?screen=topology&crossing=azure_l2_to_gcp_l3", "dark", 1440, 900),
          new Picture("isolated", "?screen=topology&device=irrigation", "light", 1440, 900),
          new Picture("why", "?screen=devices&device=climate&why=1&range=5m", "light", 1440, 900),
          new Picture("tiers", "?screen=tiers&span=all", "dark", 1440, 900),
          new Picture("trace", "?screen=logs", "light", 1440, 900),
          new Picture("letters", "?screen=letters", "light", 1440, 900),
          new Picture("what-if", "?screen=plan&move=l3_cold:google", "dark", 1440, 900),
          new Picture("phone", "", "light", 390, 844),
          new Picture("phone-topology", "?screen=topology", "dark", 390, 844));

  @Test
  @DisplayName("docs/page.md shows pictures that are there, below 1.5 MB in all")
  void thePicturesOfTheDocumentAreThere() throws IOException {
    Matcher shown = SHOWN.matcher(Files.readString(DOCS.resolve("page.md")));
    assertThat(shown.results().map(r -> DOCS.resolve(r.group(1))).toList())
        .isNotEmpty()
        .allSatisfy(picture -> assertThat(picture).isRegularFile());
    try (Stream<Path> pictures = Files.list(PICTURES)) {
      assertThat(pictures.mapToLong(p -> p.toFile().length()).sum()).isLessThan(LARGEST);
    }
  }

  @Test
  @Tag("full")
  @DisplayName("Every picture of docs/page.md can be taken of the example's twin")
  void everyPictureCanBeTaken() throws Exception {
    try (GreenhousePage page = GreenhousePage.start(folder, "--retry-gaps", "50ms,50ms")) {
      fill(page);
      PageBrowser browser = page.browser();
      for (Picture picture : ALL) {
        browser.size(picture.width(), picture.height());
        browser.theme(picture.scheme());
        browser.open(picture.query());
        browser.awaitText("[data-stream]", "live");
        publish(page);
        browser.settle();
        take(picture.name(), browser);
      }
    }
  }

  @Test
  @Tag("full")
  @DisplayName("The picture of docs/page.md of a server's projects can be taken")
  void thePictureOfProjectsCanBeTaken() throws Exception {
    for (String project : List.of("greenhouse", "orchard", "vineyard")) {
      CliRun made = CliRun.in(folder, "init", "root/" + project, "--from", "greenhouse");
      assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
    }
    try (ServedProcess serve = ServedProcess.start(folder);
        PageBrowser browser = PageBrowser.at(serve.address())) {
      browser.theme("light");
      browser.open("?screen=projects&twin=orchard");
      browser.clickText("Deploy…");
      browser.clickText("Deploy greenhouse");
      browser.see("[data-deployment=done]");
      browser.awaitText("[data-project=orchard]", "runs");
      browser.settle();
      take("projects", browser);
    } finally {
      CliRun.in(folder, "destroy", "root/orchard");
    }
  }

  private static void take(String name, PageBrowser browser) throws IOException {
    byte[] image = browser.webp();
    assertThat(image).as(name).hasSizeGreaterThan(5_000);
    if (System.getProperty("twinloom.docs.write") != null) {
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve(name + ".webp"), image);
    }
  }

  /** A day like many: values in all tiers, rules that fire, and one device whose code fails. */
  private void fill(GreenhousePage page) throws IOException {
    Instant now = Instant.now();
    Instant recent = now.minus(Duration.ofMinutes(15));
    Duration rarely = Duration.ofMinutes(60);
    imported(page, now.minus(Duration.ofDays(60)), now.minus(Duration.ofDays(25)), rarely);
    imported(page, now.minus(Duration.ofDays(25)), recent, rarely);
    imported(page, recent, now, Duration.ofSeconds(5));
    for (int i = 0; i < 12; i++) {
      send(
          page, "climate", "{\"temperature\": \"warm\", \"humidity\": 80." + i + ", \"co2\": 591}");
    }
    await()
        .until(
            () ->
                page.twin()
                        .run("dead-letters", GreenhousePage.PROJECT, "list", "--json")
                        .objects("items")
                        .size()
                    >= 12);
    page.browser().open("");
    page.browser().awaitText("[data-term=dead] b", "12");
  }

  private void imported(GreenhousePage page, Instant from, Instant to, Duration step)
      throws IOException {
    Path file = GreenhouseHistory.items(folder.resolve("history.ndjson"), from, to, step);
    CliRun run = page.twin().run("import", GreenhousePage.PROJECT, file.toString(), "--move");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  /** Messages of all devices that fail in no code, so that a picture is of a twin at work. */
  private static void publish(GreenhousePage page) {
    for (int round = 0; round < 12; round++) {
      for (String device : GreenhouseHistory.devices()) {
        if (!device.equals("climate")) {
          send(page, device, Json.text(GreenhouseHistory.message(device, Instant.now()).build()));
        }
      }
    }
  }

  private static void send(GreenhousePage page, String device, String message) {
    page.browser().call("POST", "projects/greenhouse/devices/" + device + "/messages", message);
  }
}
