package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of a twin is stopped, gone on with and taken back. */
@Tag("full")
class StoppedMoveTest {

  /** So many that a person has time to stop the change. */
  private static final int ITEMS = 3_000;

  @TempDir Path folder;
  private Path project;

  @BeforeEach
  void startATwinWithMeasurements() throws Exception {
    project =
        HallProject.write(
            folder,
            "PRODUCTION",
            "[{\"id\": \"s1\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}]");
    placeHotOn("google", "google");
    var unused = ForegroundTwin.start(folder, "twin", "--no-watch");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < ITEMS; i++) {
      lines.append(
          "{\"device_id\": \"s1\", \"timestamp\": \"2026-11-29T%02d:%02d:%02dZ\", \"t\": %d}%n"
              .formatted(i / 3600, i / 60 % 60, i % 60, i));
    }
    Files.writeString(folder.resolve("history.ndjson"), lines);
    run("import", "twin", "history.ndjson");
    awaitReadable();
  }

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  private void placeHotOn(String hot, String cold) throws IOException {
    Files.writeString(
        project.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "%s",
         "layer_3_cold_provider": "%s", "layer_3_archive_provider": "google",
         "layer_4_provider": "google", "layer_5_provider": "none"}
        """
            .formatted(hot, cold));
  }

  private CliRun run(String... command) {
    CliRun run = CliRun.in(folder, command);
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
    return run;
  }

  private CliRun refused(String... command) {
    CliRun run = CliRun.in(folder, command);
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.FAILED);
    return run;
  }

  private void awaitReadable() {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              List<JsonObject> items =
                  run(
                          "query",
                          "twin",
                          "--device",
                          "s1",
                          "--from",
                          "2026-11-01",
                          "--to",
                          "2026-12-31",
                          "--json")
                      .objects("items");
              assertThat(items).hasSize(ITEMS);
              assertThat(items).extracting(item -> item.text("event_id")).doesNotHaveDuplicates();
            });
  }

  private List<String> hotStores() {
    return run("status", "twin", "--json").objects("stores").stream()
        .filter(store -> store.text("tier").orElse("").equals("L3 hot"))
        .map(store -> store.text("cloud").orElse("") + " " + store.text("role").orElse(""))
        .toList();
  }

  private JsonObject change() {
    return run("status", "twin", "--json").json().object("change").orElse(JsonObject.EMPTY);
  }

  /** Moves the hot store, and stops that as soon as it has begun. */
  private CliRun pausedMove() throws Exception {
    placeHotOn("aws", "google");
    CompletableFuture<CliRun> deploying =
        CliRun.goingOn(folder, Map.of(), "deploy", "twin", "--yes");
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> CliRun.in(folder, "deploy", "twin", "--pause").exitCode() == ExitCode.DONE);
    AtomicReference<String> state = new AtomicReference<>("");
    await()
        .untilAsserted(
            () -> {
              state.set(change().text("state").orElse("over"));
              assertThat(state.get()).isIn("paused", "over");
            });
    Assumptions.assumeTrue(
        state.get().equals("paused"), "the change was in its last phase when it was to be stopped");
    return deploying.get(60, TimeUnit.SECONDS);
  }

  @Test
  @DisplayName("a change that is paused lets nothing else begin, and the next deploy ends it")
  void aPausedChangeIsGoneOnWith() throws Exception {
    assertThat(pausedMove().err()).contains("Paused in L3 hot, phase ");
    awaitReadable();

    placeHotOn("aws", "azure");
    assertThat(refused("deploy", "twin", "--yes").err()).contains("TL-CHANGE-OPEN");
    placeHotOn("aws", "google");
    run("deploy", "twin", "--yes");

    assertThat(change()).isEqualTo(JsonObject.EMPTY);
    assertThat(hotStores()).containsExactly("aws current", "google retained");
    awaitReadable();
  }

  @Test
  @DisplayName("a change that is taken back leaves the tier where it was, once")
  void aChangeIsTakenBack() throws Exception {
    var unused = pausedMove();

    run("deploy", "twin", "--cancel");

    assertThat(change()).isEqualTo(JsonObject.EMPTY);
    assertThat(hotStores()).contains("google current").doesNotContain("aws current");
    awaitReadable();
    for (String stop : List.of("--cancel", "--pause")) {
      assertThat(refused("deploy", "twin", stop).err()).contains("TL-CHANGE-NONE");
    }
  }
}
