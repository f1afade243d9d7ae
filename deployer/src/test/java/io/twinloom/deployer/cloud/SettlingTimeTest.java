package io.twinloom.deployer.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangePlan;
import io.twinloom.deployer.change.Layout;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a phase of a tier that moves from AWS to Google Cloud is waited for after its apply. */
class SettlingTimeTest {

  @TempDir Path folder;

  @Test
  void eachPhaseIsWaitedForAsLongAsTheSlowestOfThoseWithOtherSettingsMayTake() {
    Path place = folder.resolve("hall");
    ProjectBuilder.of("hall").on(Layer.L3_HOT, KnownClouds.AWS).without(Layer.L4).writeTo(place);
    PreparedProject project =
        Preparation.of(
                place, UserCodeChecker.of(folder.resolve("cache"), "", InstantSource.system()))
            .project()
            .orElseThrow();
    Placement wanted = project.project().placement().with(Layer.L3_HOT, KnownClouds.GOOGLE);
    Map<Phase.Kind, Duration> times = new EnumMap<>(Phase.Kind.class);
    PreparedProject before = project;
    for (Phase phase :
        ChangePlan.between(
            Layout.of(project.project()), wanted, Map.of(Layer.L3_HOT, StoreMode.COPY), Set.of())) {
      PreparedProject after = phase.layout().of(project);
      times.put(phase.kind(), SettlingTime.between(before, after));
      before = after;
    }
    assertThat(times)
        .as("a mover may be in the middle of a run")
        .containsEntry(Phase.Kind.IDLE_MOVERS, Duration.ofSeconds(900))
        .containsEntry(Phase.Kind.COPY, Duration.ZERO)
        .containsEntry(Phase.Kind.VERIFY, Duration.ZERO);
    assertThat(times.get(Phase.Kind.SWITCH_READS))
        .as("the history reader has 60 s")
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(180));
    assertThat(times.get(Phase.Kind.SWITCH_WRITES))
        .as("the persister sends for 150 s, and movers are idle")
        .isBetween(Duration.ofSeconds(150), Duration.ofSeconds(180));
  }
}
