package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.testkit.project.ProjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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

  private static ForegroundTwin twin;

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
    twin = ForegroundTwin.start(folder, "twin", "--json", "--retry-gaps", "50ms,50ms");
  }

  @AfterAll
  static void stop() throws Exception {
    twin.destroy();
    twin.ended();
  }

  private static JsonObject hop(CliRun run, String function) {
    return run.objects("hops").stream()
        .filter(hop -> hop.text("function").equals(Optional.of(function)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyHopIsNamedToTheArchiveAndTheRuleThatWouldFireIsTold() throws IOException {
    CliRun run = twin.run("verify", "twin", "--json");

    assertThat(run.json().get("ok")).as(run.out()).isEqualTo(JsonBoolean.TRUE);
    assertThat(run.objects("hops").stream().map(hop -> hop.text("function").orElse("")))
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
    Path inTheWay = Files.writeString(twin.data().resolve("aws/cold/_verify"), "");
    CliRun run;
    try {
      run = twin.run("verify", "twin", "--json");
    } finally {
      Files.delete(inTheWay);
    }

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.objects("hops").stream().map(hop -> hop.text("function").orElse("")))
        .containsExactlyElementsOf(WAY.subList(0, WAY.indexOf("hall-cold-writer") + 1));
    assertThat(run.objects("hops")).filteredOn(hop -> hop.get("ok") != JsonBoolean.TRUE).hasSize(2);
    assertThat(hop(run, "hall-hot-to-cold-mover").text("detail").orElse(""))
        .contains("the marked chunk was left", "hall-cold-writer answered 500");
    assertThat(hop(run, "hall-cold-writer").text("detail").orElse(""))
        .contains("TL-STORE-FAILED", "The object was not written", "cold/_verify");
    assertNothingIsLeft();
  }

  @Test
  @Tag("full")
  void whereUserCodeFailsItsDeadLetterIsNotLeft() throws IOException {
    CliRun run = twin.run("verify", "twin", "--device", "moody", "--limit", "4s", "--json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    JsonObject last = run.objects("hops").getLast();
    assertThat(last.text("function")).as(run.out()).contains("hall-processor");
    assertThat(last.text("detail").orElse(""))
        .contains("TL-USER-LOGIC", "not today")
        // How often within the limit depends on how busy the machine is.
        .containsPattern("tried (once|[23] times)");
    assertNothingIsLeft();
  }

  private static void assertNothingIsLeft() throws IOException {
    JsonObject status = twin.run("status", "twin", "--json").json();
    assertThat(status.array("tiers").orElseThrow().toString())
        .contains("\"items\":0")
        .doesNotContainPattern("\"chunks\":[1-9]");
    assertThat(status.get("deadLetters")).hasToString("0");
  }
}
