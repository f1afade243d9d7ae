package io.twinloom.deployer.change;

import static io.twinloom.deployer.change.Phase.Kind.CONTRACT;
import static io.twinloom.deployer.change.Phase.Kind.NARROW_READS;
import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.DeployedState.LayerState;
import io.twinloom.deployer.change.DeployedState.Previous;
import io.twinloom.deployer.change.DeployedState.Role;
import io.twinloom.model.Layer;
import io.twinloom.testkit.project.ProjectBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NextStateTest {

  @TempDir Path folder;
  private PreparedProject project;

  @BeforeEach
  void prepare() {
    project =
        new PreparedProjects(folder)
            .of(ProjectBuilder.of("hall").device("s1", "t").on(Layer.L3_COLD, AWS));
  }

  /** The cold tier was on Google Cloud before. */
  private DeployedState moved(Role role) {
    DeployedState state = DeployedState.first(project.digest(), project.project().placement());
    Map<Layer, LayerState> layers = new EnumMap<>(state.layers());
    layers.put(Layer.L3_COLD, new LayerState(AWS, List.of(new Previous(GOOGLE, role))));
    return new DeployedState(
        1, state.project(), layers, state.retired(), state.code(), state.change());
  }

  private DeployedState looking(DeployedState state, Predicate<StoreId> empty) {
    return NextState.retiringEmpty(state, project, empty, "c", Instant.EPOCH);
  }

  @Test
  @DisplayName("a former store that is still read is ended where it holds nothing")
  void isEndedWhereEmpty() {
    DeployedState ending =
        looking(moved(Role.READABLE), store -> store.equals(new StoreId(Layer.L3_COLD, GOOGLE)));

    Change change = ending.change().orElseThrow();
    assertThat(change.phases()).extracting(Phase::kind).containsExactly(NARROW_READS, CONTRACT);
    DeployedState ended = ending.with(Optional.of(change.next(Instant.EPOCH))).changed();
    assertThat(ended.layers().get(Layer.L3_COLD)).isEqualTo(new LayerState(AWS, List.of()));
  }

  @Test
  @DisplayName(
      "a former store that is still read stays where it holds something, as does one that is kept")
  void staysElse() {
    assertThat(looking(moved(Role.READABLE), store -> false)).isEqualTo(moved(Role.READABLE));
    assertThat(looking(moved(Role.RETAINED), store -> true)).isEqualTo(moved(Role.RETAINED));
  }
}
