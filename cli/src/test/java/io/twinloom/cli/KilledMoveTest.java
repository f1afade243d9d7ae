package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process of a twin is killed in each phase of a change, and the change goes on after it. */
@Tag("full")
class KilledMoveTest {

  private static final int ITEMS = 6;

  @TempDir Path folder;
  private Path project;

  @AfterEach
  void end() {
    CliRun.in(folder, "destroy", "twin");
  }

  private void placement(String hot, String cold, String archive) throws IOException {
    Files.writeString(
        project.resolve("config_providers.json"),
        """
        {"layer_1_provider": "aws", "layer_2_provider": "azure", "layer_3_hot_provider": "%s",
         "layer_3_cold_provider": "%s", "layer_3_archive_provider": "%s",
         "layer_4_provider": "google", "layer_5_provider": "none"}
        """
            .formatted(hot, cold, archive));
  }

  private CliRun run(String... command) {
    CliRun run = CliRun.in(folder, command);
    assertThat(run.exitCode()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
    return run;
  }

  private void send(int number) {
    run(
        "send",
        "twin",
        "--device",
        "s1",
        "{\"t\": " + number + ", \"ts\": \"2026-11-29T00:00:%02dZ\"}".formatted(number));
  }

  private void awaitReadable(int count) {
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
              Set<String> events = new HashSet<>();
              items.forEach(item -> events.add(item.text("event_id").orElseThrow()));
              assertThat(items).hasSameSizeAs(events).hasSize(count);
            });
  }

  private long pid() throws IOException {
    JsonObject endpoints =
        Json.parseObject(Files.readAllBytes(project.resolve(".twinloom/endpoints.json")));
    return endpoints.get("pid") instanceof JsonNumber pid ? pid.asDecimal().longValue() : -1;
  }

  /** Kills the twin's process as soon as its change has come to a phase. */
  private boolean killedIn(String kind) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
    Path state = project.resolve(".twinloom/deployed.json");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    boolean begun = false;
    while (System.nanoTime() < until) {
      String at = at(state);
      begun |= !at.isEmpty();
      if (at.equals(kind)) {
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
        return true;
      }
      if (begun && at.isEmpty()) {
        return false;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("the change did not come to " + kind);
  }

  private static String at(Path state) throws IOException {
    try {
      JsonObject change =
          Json.parseObject(Files.readAllBytes(state)).object("change").orElse(JsonObject.EMPTY);
      int at = change.get("at") instanceof JsonNumber number ? number.asDecimal().intValue() : -1;
      return at < 0
          ? ""
          : change.array("phases").orElseThrow().values().get(at) instanceof JsonObject phase
              ? phase.text("kind").orElse("")
              : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  @ParameterizedTest(name = "{0}, killed in {1}")
  @DisplayName("a twin is killed while a tier of it is moved")
  @CsvSource({
    "hot, idle-movers",
    "hot, expand",
    "hot, switch-reads",
    "hot, switch-writes",
    "hot, fence",
    "hot, copy",
    "hot, verify",
    "hot, narrow-reads",
    "hot, contract",
    "cold, switch-writes",
    "cold, copy",
    "cold, narrow-reads",
    "archive, switch-reads",
    "archive, copy",
    "archive, contract"
  })
  void theChangeGoesOnWhereItWasAndNothingIsLostOrDoubled(String tier, String kind)
      throws Exception {
    project =
        HallProject.write(
            folder,
            "PRODUCTION",
            "[{\"id\": \"s1\", \"properties\": [{\"name\": \"t\", \"dataType\": \"DOUBLE\"}]}]");
    placement("google", "google", "google");
    run("deploy", "twin");
    for (int i = 0; i < ITEMS / 3; i++) {
      send(i);
    }
    awaitReadable(ITEMS / 3);
    run("move", "twin", "hot-to-cold", "--now", "2026-12-20");
    run("move", "twin", "cold-to-archive", "--now", "2027-02-20");
    for (int i = ITEMS / 3; i < 2 * ITEMS / 3; i++) {
      send(i);
    }
    awaitReadable(2 * ITEMS / 3);
    run("move", "twin", "hot-to-cold", "--now", "2026-12-20");
    for (int i = 2 * ITEMS / 3; i < ITEMS; i++) {
      send(i);
    }
    awaitReadable(ITEMS);
    placement(
        tier.equals("hot") ? "azure" : "google",
        tier.equals("cold") ? "azure" : "google",
        tier.equals("archive") ? "azure" : "google");

    CompletableFuture<CliRun> deploying =
        CliRun.goingOn(folder, Map.of(), "deploy", "twin", "--yes");
    boolean killed = killedIn(kind);
    var unused = deploying.get(60, TimeUnit.SECONDS);

    if (killed) {
      run("deploy", "twin", "--yes");
    }
    awaitReadable(ITEMS);
    send(ITEMS);
    awaitReadable(ITEMS + 1);
    JsonObject status = run("status", "twin", "--json").json();
    assertThat(status.object("change")).isEmpty();
    assertThat(run("dead-letters", "twin", "--json").objects("items")).isEmpty();
  }
}
