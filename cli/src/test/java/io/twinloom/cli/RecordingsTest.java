package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code record}, and {@code simulate} of what was recorded, on a twin that runs. */
class RecordingsTest {

  @TempDir Path folder;

  private ForegroundTwin twin;

  @BeforeEach
  void start() throws Exception {
    HallProject.write(
        folder,
        "PRODUCTION",
        """
        [{"id": "oven", "properties": [{"name": "heat", "dataType": "DOUBLE"}]}]
        """);
    twin = ForegroundTwin.start(folder, "twin");
  }

  @AfterEach
  void stop() {
    twin.destroy();
  }

  @Test
  @Tag("full")
  @DisplayName("The traffic of real devices is recorded and played again, as if it happened now")
  void whatDevicesPublishIsRecordedAndPublishedAgain() throws Exception {
    Path file = folder.resolve("r.ndjson");
    CompletableFuture<CliRun> recording =
        CliRun.goingOn(
            folder, Map.of(), "record", "twin", "--out", "r.ndjson", "--for", "6s", "--json");
    Awaitility.await().until(() -> Files.exists(file));
    for (String heat : List.of("1", "2", "3")) {
      String message = "{\"heat\": " + heat + "}";
      Awaitility.await()
          .until(
              () -> {
                CliRun sent = twin.run("send", "twin", "--device", "oven", message);
                return sent.exitCode() == ExitCode.DONE;
              });
    }
    CliRun recorded = recording.join();
    assertThat(recorded.exitCode()).as(recorded.err()).isEqualTo(ExitCode.DONE);
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line).contains("\"oven\""));
    assertThat(recorded.json().get("recorded")).hasToString("3");

    CliRun again =
        twin.run(
            "simulate",
            "twin",
            "--from",
            "r.ndjson",
            "--speed",
            "asap",
            "--shift",
            "now",
            "--wait",
            "--json");
    assertThat(again.exitCode()).as(again.err()).isEqualTo(ExitCode.DONE);
    assertThat(again.json().get("sent")).hasToString("3");
    assertThat(again.json().get("stored")).as(again.out()).hasToString("3");
    List<JsonObject> items = twin.awaitItems("oven", "-1h", "now", 6);
    assertThat(items).hasSize(6);
  }

  @Test
  @DisplayName("a twin ends while its devices are recorded")
  void aRecordingThatLosesTheDeviceChannelFailsAndKeepsWhatItHas() throws Exception {
    Path file = folder.resolve("r.ndjson");
    CompletableFuture<CliRun> recording =
        CliRun.goingOn(
            folder, Map.of(), "record", "twin", "--out", "r.ndjson", "--for", "1h", "--json");
    Awaitility.await().until(() -> Files.exists(file));
    Awaitility.await()
        .until(
            () -> {
              var unused = twin.run("send", "twin", "--device", "oven", "{\"heat\": 1}");
              return Files.size(file) > 0;
            });
    twin.destroy();

    CliRun ended = recording.get(60, TimeUnit.SECONDS);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ended.err()).contains("TL-RECORDING-LOST", "r.ndjson", "status twin");
    assertThat(Files.readAllLines(file)).isNotEmpty();
  }

  @Test
  @DisplayName("a recording of last week is published with the times that its messages have")
  void messagesOfLongAgoAreCountedAsStored() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      lines.append(
          "{\"time\": \"2026-01-05T12:00:0%d.5Z\", \"device\": \"oven\", \"message\": {\"heat\": %d, \"timestamp\": \"2026-01-05T12:00:0%d+00:00\"}}%n"
              .formatted(i, i, i));
    }
    Files.writeString(folder.resolve("r.ndjson"), lines.toString());
    CliRun of =
        twin.run("simulate", "twin", "--from", "r.ndjson", "--speed", "asap", "--wait", "--json");
    assertThat(of.exitCode()).as(of.err()).isEqualTo(ExitCode.DONE);
    assertThat(of.json().get("stored")).as(of.out()).hasToString("3");

    CliRun shifted =
        twin.run(
            "simulate",
            "twin",
            "--from",
            "r.ndjson",
            "--speed",
            "asap",
            "--shift",
            "now",
            "--wait",
            "--json");
    assertThat(shifted.json().get("stored")).as(shifted.out()).hasToString("3");
  }

  @Test
  void aRecordingWithAnUnknownDeviceIsRefusedBeforeItsMessageIsSent() throws Exception {
    Files.writeString(
        folder.resolve("r.ndjson"),
        "{\"time\": \"2026-11-30T12:00:00Z\", \"device\": \"ovn\", \"message\": {\"heat\": 1}}\n");
    CliRun run = twin.run("simulate", "twin", "--from", "r.ndjson", "--speed", "asap");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("ovn", "oven");
    assertThat(Json.text(twin.query("oven", "-1h", "now").json())).contains("\"items\":[]");
  }

  @Test
  void whatIsNoSpeedIsBadUsage() {
    CliRun run = twin.run("simulate", "twin", "--from", "r.ndjson", "--speed", "fast");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("asap");
  }
}
