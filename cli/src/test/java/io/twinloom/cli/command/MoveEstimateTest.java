package io.twinloom.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.change.TouchedData;
import io.twinloom.deployer.change.TouchedData.Amount;
import io.twinloom.deployer.change.TouchedData.Stored;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.deployer.terraform.PlannedChanges.Following;
import io.twinloom.json.Json;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoveEstimateTest {

  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  private static TouchedData moved(
      Layer tier, Provider from, String unit, long count, long bytes, boolean copied) {
    return TouchedData.ofMove(
        tier,
        new Stored(
            tier.title(),
            from,
            new Amount(unit, count, bytes, Optional.empty(), Optional.empty()),
            "counted now"),
        NOW,
        Optional.of(KnownClouds.AZURE),
        copied);
  }

  private static MoveEstimate estimate(List<TouchedData> touched) {
    Following following = new Following(List.of("expand"), touched, Duration.ofMinutes(45));
    return MoveEstimate.of(new PlannedChanges(List.of()).followedBy(following)).orElseThrow();
  }

  @Test
  void whatIsCopiedTakesTimeAndIsChargedByTheCloudThatItLeaves() {
    MoveEstimate estimate =
        estimate(
            List.of(
                moved(Layer.L3_HOT, KnownClouds.AWS, "items", 120_001, 1L << 30, true),
                moved(Layer.L3_COLD, KnownClouds.AWS, "chunks", 40, 2L << 30, true),
                moved(Layer.L3_ARCHIVE, KnownClouds.GOOGLE, "chunks", 9, 1L << 40, false)));
    assertThat(estimate.lines())
        .hasSize(2)
        .startsWith(
            "  the phases take at least 51 min: 45 min until functions with former settings have"
                + " ended, 6 min of copying (assumed: 1,000 items, or 10 MB of chunks, a second)");
    assertThat(estimate.lines().getLast())
        .as("three GiB, at some cents each")
        .matches("  at most 3221\\.2 MB leave aws, for which it charges at most 0\\.[1-9]\\d USD");
    assertThat(Json.text(estimate.json()))
        .contains("\"settlingSeconds\":2700")
        .contains("\"copyingSeconds\":336")
        .contains("\"bytes\":3221225472");
  }

  @Test
  void aLayerWithoutAStoreTakesTheTimeOfItsFunctionsAlone() {
    assertThat(estimate(List.of()).lines())
        .containsExactly(
            "  the phases take at least 45 min: 45 min until functions with former settings have"
                + " ended");
  }

  @Test
  void whereNoPhasesFollowThereIsNothingToEstimate() {
    assertThat(MoveEstimate.of(new PlannedChanges(List.of()))).isEmpty();
  }
}
