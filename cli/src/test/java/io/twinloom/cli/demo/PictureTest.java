package io.twinloom.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.demo.DemoEvents.DemoEvent;
import io.twinloom.cli.demo.Picture.Page;
import io.twinloom.cli.example.Examples;
import io.twinloom.cli.terminal.ScreenText;
import io.twinloom.cli.terminal.Tty.Size;
import io.twinloom.deployer.SimulatedDevices.Sent;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.deployer.control.StatusReport.RuleStatus;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.topology.Topology;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demonstration's picture in windows of several sizes, rendered without a terminal. */
class PictureTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> INVITATION =
      List.of("  aws     http://127.0.0.1:1", "  be a device   mosquitto_pub -h 127.0.0.1");
  private static final String DEVICES = "weather climate irrigation solar tank";

  @TempDir static Path folder;
  private Project project;
  private Topology topology;
  private Picture.Content content;

  @BeforeEach
  void aGreenhouseThatHasRunForAWhile() {
    Path place = folder.resolve("greenhouse");
    if (!place.toFile().exists()) {
      assertThat(Examples.copy("greenhouse", place)).isNotEmpty();
    }
    project = ProjectReader.read(place).project().orElseThrow();
    topology = Topology.of(project);
    LatestValues values = new LatestValues();
    Greenhouse greenhouse = new Greenhouse(new Random(1));
    for (int i = 0; i < 40; i++) {
      for (Sent sent : greenhouse.after(0.5, START.plusSeconds(i))) {
        values.sends(sent.device(), sent.event());
        JsonObject stored = sent.event().toBuilder().put("litres_missing", 3).build();
        assertThat(
                values.add(
                    sent.device(),
                    new HistoryPage(List.of(stored), List.of(), List.of(), Optional.empty())))
            .isNotNull();
      }
    }
    DemoEvents events = new DemoEvents(topology);
    for (int i = 1; i <= 8; i++) {
      events.command(
          "2026-03-01T12:00:0" + i + "Z",
          "irrigation",
          "{\"valve\":\"open\",\"litres\":98.7}",
          Optional.of("opens its valve, number " + i));
    }
    TierDemo tiers = new TierDemo(twin(), "weather", START.toString());
    tiers.look();
    content =
        new Picture.Content(
            values,
            events,
            tiers,
            new Picture.Numbers(9.0, Optional.of(27.4), status(), Duration.ofSeconds(45)));
  }

  private static TwinControl twin() {
    return (TwinControl)
        Proxy.newProxyInstance(
            PictureTest.class.getClassLoader(),
            new Class<?>[] {TwinControl.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "query" ->
                      new HistoryPage(
                          List.of(),
                          List.of(
                              new TierPart("hot", 29),
                              new TierPart("cold", 44),
                              new TierPart("archive", 3)),
                          List.of(),
                          Optional.empty());
                  case "status" -> tierSizes();
                  default -> throw new IllegalStateException(method.getName());
                });
  }

  private static StatusReport tierSizes() {
    return StatusReport.of("local", "greenhouse")
        .tiers(
            List.of(
                new TierSize.Items(Layer.L3_HOT, KnownClouds.GOOGLE, 1_145),
                new TierSize.Chunks(Layer.L3_COLD, KnownClouds.AWS, 70, 1, 1),
                new TierSize.Chunks(Layer.L3_ARCHIVE, KnownClouds.AZURE, 1, 1, 1)))
        .build();
  }

  private StatusReport status() {
    return StatusReport.of("local", "greenhouse")
        .running(true)
        .functions(
            topology.functions().stream()
                .map(
                    f ->
                        new FunctionStatus(
                            f.name(), f.cloudName(), f.cloud(), Optional.empty(), 123_456, 0))
                .toList())
        .rules(List.of(new RuleStatus(1, "a < b", "x", 4, 0), new RuleStatus(2, "c", "y", 1, 0)))
        .backlog(5)
        .build();
  }

  private List<String> shown(int columns, int rows, Page page) {
    return new Picture(project, topology, INVITATION, (paint, text) -> text)
        .lines(new Size(columns, rows), content, page, false);
  }

  @ParameterizedTest
  @CsvSource({"80,24", "60,18", "140,40", "100,40", "80,50", "200,60", "60,14"})
  @DisplayName("the demo runs in a small window")
  void thePictureFitsItsWindowAndShowsWhatTheProductIsAbout(int columns, int rows) {
    List<String> lines = shown(columns, rows, Page.VALUES);

    assertThat(lines).hasSizeLessThanOrEqualTo(rows);
    assertThat(lines)
        .allSatisfy(line -> assertThat(ScreenText.width(line)).isLessThanOrEqualTo(columns));
    String all = String.join("\n", lines);
    assertThat(all)
        .contains("greenhouse", "aws takes in", "azure runs", "google stores")
        .contains("tiers", "hot", "1,145", "archive", "history", "29 hot + 44 cold + 3 archive")
        .contains("q end");
    assertThat(all).as("no number loses digits").doesNotContainPattern("⇒ \\w+ [\\d,]*…");
  }

  @ParameterizedTest
  @CsvSource({"80,24,3", "60,18,2", "140,40,6"})
  void eventsAreThereInEveryUsualWindow(int columns, int rows, int events) {
    String all = String.join("\n", shown(columns, rows, Page.VALUES));

    assertThat(all).contains("rule 1 fired 4   rule 2 fired 1").contains(DEVICES.split(" ", -1));
    assertThat(all.lines().filter(line -> line.contains("irrigation  receives")))
        .hasSizeGreaterThanOrEqualTo(events);
    assertThat(all).as("the newest").contains("12:00:08");
  }

  @Test
  void aLargeWindowHasCurvesAndWhatToTypeNext() {
    assertThat(String.join("\n", shown(140, 50, Page.VALUES)))
        .containsPattern("temperature +[\\d.]+ +[▁▂▃▄▅▆▇█]{20}")
        .contains(INVITATION);
  }

  @Test
  void inASmallWindowAKeyShowsWhatToType() {
    assertThat(shown(80, 24, Page.VALUES)).doesNotContain(INVITATION.get(1));
    assertThat(shown(80, 24, Page.INVITATION)).contains(INVITATION.get(1));
    assertThat(String.join("\n", shown(80, 24, Page.KEYS))).contains("space", "Ctrl-C");
  }

  @Test
  void whatAnEventSaysSteersNoTerminal() {
    content.events().command("2026-03-01T12:00:09Z", "irrigation", "x\u001b[2Jy", Optional.empty());
    assertThat(content.events().recent(1)).extracting(DemoEvent::who).containsExactly("irrigation");
    assertThat(String.join("\n", shown(80, 24, Page.VALUES)))
        .contains("x\\x1b[2Jy")
        .doesNotContain("\u001b");
  }
}
