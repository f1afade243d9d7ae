package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.Change.Standing;
import io.twinloom.deployer.change.Change.Step;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandingJsonTest {

  private static final Placement ON_AWS =
      new Placement(
          KnownClouds.AWS,
          KnownClouds.AWS,
          KnownClouds.AWS,
          KnownClouds.AWS,
          KnownClouds.AWS,
          Optional.empty(),
          Optional.empty());

  private static final Change BEGUN =
      new Change(
          "c",
          "p",
          "q",
          Map.of(),
          Set.of(),
          List.of(new Phase(Phase.Kind.COPY, Layer.L3_COLD, new Layout(ON_AWS, Legs.NONE))),
          0,
          new Standing(Step.ENTERING, "", Instant.EPOCH));

  private static final Change COPYING =
      BEGUN.further(
          new ChangeProgress(0, 3, 400, OptionalLong.of(900), 2, OptionalLong.of(7)),
          Instant.EPOCH.plusSeconds(1));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(StandingJson.read(StandingJson.write(COPYING), BEGUN)).isEqualTo(COPYING);
  }

  @Test
  void whatAnEarlierVersionWroteHasNoProgress() {
    JsonObject earlier = StandingJson.write(COPYING).toBuilder().remove("progress").build();

    Standing read = StandingJson.read(earlier, BEGUN).standing();

    assertThat(read).isEqualTo(new Standing(Step.ACTING, "", COPYING.standing().since()));
  }
}
