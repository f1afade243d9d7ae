package io.twinloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cli.DebuggedTwin.Place;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/**
 * The process of a twin is killed in each phase of a change, where the phase's work begins or in
 * the middle of it, and the change goes on after it.
 */
@Tag("full")
class KilledMoveTest {

  private static final Map<String, Place> PLACES =
      Map.of(
          "beginning", new Place("io.twinloom.local.deploy.PhaseWork", "run"),
          "store", new Place("io.twinloom.functions.tier.CopyPlan", "save"),
          "graph", new Place("io.twinloom.functions.twin.NewUpdater", "send"));

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}, killed in {1} at {2}")
  @DisplayName("a twin is killed while a layer of it is moved")
  @CsvSource({
    "layer_1, expand, beginning",
    "layer_1, switch-writes, beginning",
    "layer_2, expand, beginning",
    "layer_2, switch-writes, beginning",
    "layer_2, drain, beginning",
    "layer_2, fence, beginning",
    "layer_2, contract, beginning",
    "layer_4, expand, beginning",
    "layer_4, switch-writes, beginning",
    "layer_4, copy, graph",
    "layer_4, verify, graph",
    "layer_4, switch-reads, beginning",
    "layer_4, narrow-reads, beginning",
    "layer_4, contract, beginning",
    "layer_3_hot, idle-movers, beginning",
    "layer_3_hot, expand, beginning",
    "layer_3_hot, switch-reads, beginning",
    "layer_3_hot, switch-writes, beginning",
    "layer_3_hot, fence, beginning",
    "layer_3_hot, copy, store",
    "layer_3_hot, verify, store",
    "layer_3_hot, narrow-reads, beginning",
    "layer_3_hot, contract, beginning",
    "layer_3_cold, switch-writes, beginning",
    "layer_3_cold, copy, store",
    "layer_3_cold, narrow-reads, beginning",
    "layer_3_archive, switch-reads, beginning",
    "layer_3_archive, copy, store",
    "layer_3_archive, contract, beginning"
  })
  void theChangeGoesOnWhereItWasAndNothingIsLostOrDoubled(String layer, String kind, String place)
      throws Exception {
    TieredTwin twin = TieredTwin.write(folder, "google", "google", "google");
    Path state = twin.project().resolve(".twinloom/deployed.json");
    Place at = PLACES.get(place);
    try {
      try (DebuggedTwin process = DebuggedTwin.start(folder, "twin")) {
        fillAllTiers(twin);
        twin.move(layer, layer.equals("layer_2") ? "aws" : "azure");
        process.stopAt(at);
        CompletableFuture<CliRun> deploying =
            CliRun.goingOn(folder, Map.of(), "deploy", "twin", "--yes");
        process.killAt(at, () -> phase(state).equals(kind));
        var unused = deploying.get(60, TimeUnit.SECONDS);
      }
      assertThat(phase(state)).as("what is written down").isEqualTo(kind);

      twin.run("deploy", "twin", "--yes");
      twin.sendAndAwait(1);
      assertThat(twin.change()).isEqualTo(JsonObject.EMPTY);
      if (layer.startsWith("layer_3_")) {
        assertThat(twin.stores("L3 " + layer.substring("layer_3_".length())))
            .containsExactly("azure current", "google retained");
      }
      assertThat(twin.deadLetters()).isEmpty();
    } finally {
      CliRun.in(folder, "destroy", "twin");
    }
  }

  private static void fillAllTiers(TieredTwin twin) {
    twin.sendAndAwait(2);
    twin.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    twin.run("move", "twin", "cold-to-archive", "--now", TieredTwin.OLD_FOR_COLD);
    twin.sendAndAwait(2);
    twin.run("move", "twin", "hot-to-cold", "--now", TieredTwin.OLD_FOR_HOT);
    twin.sendAndAwait(2);
  }

  /** The phase that is written down; empty where no change is under way. */
  private static String phase(Path state) {
    JsonObject change;
    try {
      change =
          Json.parseObject(Files.readAllBytes(state)).object("change").orElse(JsonObject.EMPTY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int at = change.get("at") instanceof JsonNumber number ? number.asDecimal().intValue() : -1;
    return at >= 0
            && change.array("phases").orElseThrow().values().get(at) instanceof JsonObject phase
        ? phase.text("kind").orElse("")
        : "";
  }
}
