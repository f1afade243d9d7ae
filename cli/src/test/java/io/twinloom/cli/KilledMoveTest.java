package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process of a twin is killed in each phase of a change, and the change goes on after it. */
@Tag("full")
class KilledMoveTest {

  /** A phase may be over before the process is; then a new twin is moved. */
  private static final int ATTEMPTS = 8;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, killed in {1}")
  @DisplayName("a twin is killed while a layer of it is moved")
  @CsvSource({
    "layer_1, expand",
    "layer_1, switch-writes",
    "layer_2, expand",
    "layer_2, switch-writes",
    "layer_2, drain",
    "layer_2, fence",
    "layer_2, contract",
    "layer_4, expand",
    "layer_4, switch-writes",
    "layer_4, copy",
    "layer_4, verify",
    "layer_4, switch-reads",
    "layer_4, narrow-reads",
    "layer_4, contract",
    "layer_3_hot, idle-movers",
    "layer_3_hot, expand",
    "layer_3_hot, switch-reads",
    "layer_3_hot, switch-writes",
    "layer_3_hot, fence",
    "layer_3_hot, copy",
    "layer_3_hot, verify",
    "layer_3_hot, narrow-reads",
    "layer_3_hot, contract",
    "layer_3_cold, switch-writes",
    "layer_3_cold, copy",
    "layer_3_cold, narrow-reads",
    "layer_3_archive, switch-reads",
    "layer_3_archive, copy",
    "layer_3_archive, contract"
  })
  void theChangeGoesOnWhereItWasAndNothingIsLostOrDoubled(String layer, String kind)
      throws Exception {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Path own = Files.createDirectory(folder.resolve("attempt-" + attempt));
      try {
        if (isKilledAndGoesOn(own, layer, kind)) {
          return;
        }
      } finally {
        CliRun.in(own, "destroy", "twin");
      }
    }
    fail("the process was never killed in %s in %d attempts", kind, ATTEMPTS);
  }

  /** Returns whether the kill has hit the phase; whatever it hits, nothing is lost. */
  private static boolean isKilledAndGoesOn(Path folder, String layer, String kind)
      throws Exception {
    TieredTwin twin = twinWithAllTiers(folder);
    twin.move(layer, layer.equals("layer_2") ? "aws" : "azure");

    CompletableFuture<CliRun> deploying =
        CliRun.goingOn(folder, Map.of(), "deploy", "twin", "--yes");
    boolean hit = killIn(kind, twin.project());
    var unused = deploying.get(60, TimeUnit.SECONDS);

    twin.run("deploy", "twin", "--yes");
    twin.sendAndAwait(1);
    assertThat(twin.change()).isEqualTo(JsonObject.EMPTY);
    if (layer.startsWith("layer_3_")) {
      assertThat(twin.stores("L3 " + layer.substring("layer_3_".length())))
          .containsExactly("azure current", "google retained");
    }
    assertThat(twin.deadLetters()).isEmpty();
    return hit;
  }

  private static TieredTwin twinWithAllTiers(Path folder) throws IOException {
    TieredTwin twin = TieredTwin.write(folder, "google", "google", "google");
    twin.run("deploy", "twin");
    twin.sendAndAwait(2);
    twin.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    twin.run("move", "twin", "cold-to-archive", "--now", TieredTwin.OLD_FOR_COLD);
    twin.sendAndAwait(2);
    twin.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    twin.sendAndAwait(2);
    return twin;
  }

  /**
   * Kills the twin's process as soon as its change has come to a phase, or is over.
   *
   * @return whether that phase is what it has left written down
   */
  private static boolean killIn(String kind, Path project) throws Exception {
    ProcessHandle process = ProcessHandle.of(pid(project)).orElseThrow();
    Path state = project.resolve(".twinloom/deployed.json");
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    boolean begun = false;
    String at = "";
    while (!at.equals(kind) && !(begun && at.isEmpty())) {
      assertThat(System.nanoTime()).as("the change did not come to " + kind).isLessThan(until);
      Thread.onSpinWait();
      at = phase(state);
      begun |= !at.isEmpty();
    }
    process.destroyForcibly();
    process.onExit().get(60, TimeUnit.SECONDS);
    return phase(state).equals(kind);
  }

  private static long pid(Path project) throws IOException {
    JsonObject endpoints =
        Json.parseObject(Files.readAllBytes(project.resolve(".twinloom/endpoints.json")));
    return endpoints.get("pid") instanceof JsonNumber pid ? pid.asDecimal().longValue() : -1;
  }

  /** The phase that is written down; empty where no change is under way. */
  private static String phase(Path state) throws IOException {
    JsonObject change =
        Json.parseObject(Files.readAllBytes(state)).object("change").orElse(JsonObject.EMPTY);
    int at = change.get("at") instanceof JsonNumber number ? number.asDecimal().intValue() : -1;
    return at >= 0
            && change.array("phases").orElseThrow().values().get(at) instanceof JsonObject phase
        ? phase.text("kind").orElse("")
        : "";
  }
}
