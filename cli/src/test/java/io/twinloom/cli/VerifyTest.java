package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A marked measurement on the longest way that there is: rules, and each tier on another cloud. */
class VerifyTest {

  private static final List<String> WAY =
      List.of(
          "device-channel",
          "hall-dispatcher",
          "hall-connector",
          "hall-ingestion",
          "hall-processor",
          "hall-persister",
          "hall-hot-writer",
          "hall-hot-reader",
          "hall-event-checker",
          "hall-twin-updater",
          "hall-history-reader",
          "hall-digital-twin-data-connector",
          "hall-hot-to-cold-mover",
          "hall-cold-writer",
          "hall-cold-to-archive-mover",
          "hall-archive-writer");

  @TempDir static Path folder;

  private static CompletableFuture<CliRun> up;

  @BeforeAll
  static void start() {
    ProjectBuilder.of("hall")
        .on(Layer.L1, KnownClouds.AWS)
        .on(Layer.L2, KnownClouds.AZURE)
        .on(Layer.L3_HOT, KnownClouds.GOOGLE)
        .on(Layer.L3_COLD, KnownClouds.AWS)
        .on(Layer.L3_ARCHIVE, KnownClouds.AZURE)
        .on(Layer.L4, KnownClouds.AZURE)
        .device("sensor-1", "temperature")
        .device("moody", "temperature")
        .pythonProcessor("moody", "def process(event):\n    raise ValueError('not today')\n")
        .rule(
            "sensor-1.sensor-1.temperature > DOUBLE(-1000)",
            "alarm",
            "def process(given):\n    raise ValueError('it ran')\n")
        .writeTo(folder.resolve("twin"));
    up =
        CompletableFuture.supplyAsync(
            () -> CliRun.in(folder, "up", "twin", "--json", "--retry-gaps", "50ms,50ms"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> up.isDone() || Files.exists(data().resolve("endpoints.json")));
    assertThat(up).isNotDone();
  }

  @AfterAll
  static void stop() throws Exception {
    CliRun.in(folder, "destroy", "twin", "--json");
    up.get(30, TimeUnit.SECONDS);
  }

  private static Path data() {
    return folder.resolve("twin/.twinloom");
  }

  private static List<JsonObject> hops(CliRun run) {
    return run.json().array("hops").orElseThrow().values().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static JsonObject hop(CliRun run, String function) {
    return hops(run).stream()
        .filter(hop -> hop.text("function").equals(Optional.of(function)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyHopIsNamedToTheArchiveAndTheRuleThatWouldFireIsTold() throws IOException {
    CliRun run = CliRun.in(folder, "verify", "twin", "--json");

    assertThat(run.json().get("ok")).as(run.out()).isEqualTo(JsonBoolean.TRUE);
    assertThat(hops(run).stream().map(hop -> hop.text("function").orElse("")))
        .containsExactlyElementsOf(WAY);
    assertThat(hop(run, "hall-event-checker").text("detail").orElse(""))
        .contains("Would fire", "rule 1");
    assertThat(hop(run, "hall-cold-writer").text("cloud")).contains("aws");
    assertThat(hop(run, "hall-archive-writer").text("cloud")).contains("azure");
    assertNothingIsLeft();
  }

  @Test
  void aColdWriterThatFailsIsWhereItStoppedAndSaysWhy() throws IOException {
    // A file where the folder of the marked chunk would be.
    Path inTheWay = Files.writeString(data().resolve("aws/cold/_verify"), "");
    CliRun run;
    try {
      run = CliRun.in(folder, "verify", "twin", "--json");
    } finally {
      Files.delete(inTheWay);
    }

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(hops(run).stream().map(hop -> hop.text("function").orElse("")))
        .containsExactlyElementsOf(WAY.subList(0, WAY.indexOf("hall-cold-writer") + 1));
    assertThat(hops(run)).filteredOn(hop -> hop.get("ok") != JsonBoolean.TRUE).hasSize(2);
    assertThat(hop(run, "hall-hot-to-cold-mover").text("detail").orElse(""))
        .contains("the marked chunk was left", "hall-cold-writer answered 500");
    assertThat(hop(run, "hall-cold-writer").text("detail").orElse(""))
        .contains("TL-STORE-FAILED", "The object was not written", "cold/_verify");
    assertNothingIsLeft();
  }

  @Test
  void whereUserCodeFailsItsDeadLetterIsNotLeft() throws IOException {
    CliRun run =
        CliRun.in(folder, "verify", "twin", "--device", "moody", "--limit", "4s", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    JsonObject last = hops(run).getLast();
    assertThat(last.text("function")).as(run.out()).contains("hall-processor");
    assertThat(last.text("detail").orElse(""))
        .contains("TL-USER-LOGIC", "tried 3 times", "not today");
    assertNothingIsLeft();
  }

  private static void assertNothingIsLeft() throws IOException {
    JsonObject status = CliRun.in(folder, "status", "twin", "--json").json();
    assertThat(status.array("tiers").orElseThrow().toString())
        .contains("\"items\":0")
        .doesNotContainPattern("\"chunks\":[1-9]");
    assertThat(status.get("deadLetters")).hasToString("0");
  }
}
