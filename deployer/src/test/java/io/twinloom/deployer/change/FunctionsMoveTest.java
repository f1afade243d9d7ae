package io.twinloom.deployer.change;

import static io.twinloom.deployer.change.Phase.Kind.CONTRACT;
import static io.twinloom.deployer.change.Phase.Kind.COPY;
import static io.twinloom.deployer.change.Phase.Kind.DRAIN;
import static io.twinloom.deployer.change.Phase.Kind.EXPAND;
import static io.twinloom.deployer.change.Phase.Kind.FENCE;
import static io.twinloom.deployer.change.Phase.Kind.NARROW_READS;
import static io.twinloom.deployer.change.Phase.Kind.SWITCH_READS;
import static io.twinloom.deployer.change.Phase.Kind.SWITCH_WRITES;
import static io.twinloom.deployer.change.Phase.Kind.VERIFY;
import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The phases of layers that keep no measurements. */
class FunctionsMoveTest {

  private static final Placement ON_AWS =
      new Placement(AWS, AWS, AWS, AWS, AWS, Optional.of(AWS), Optional.of(GOOGLE));
  private static final Layout START = new Layout(ON_AWS, Legs.NONE);

  private static List<Phase> moving(Layout from, Layer layer, Provider to, StoreMode mode) {
    return ChangePlan.between(
        from, from.placement().with(layer, to), Map.of(layer, mode), Set.of());
  }

  private static List<Phase.Kind> kinds(List<Phase> phases) {
    return phases.stream().map(Phase::kind).toList();
  }

  private static List<Phase> without(List<Phase> phases, Phase.Kind kind) {
    return phases.stream().filter(phase -> phase.kind() != kind).toList();
  }

  private static Arguments wrong(String what, UnaryOperator<List<Phase>> order) {
    return Arguments.of(what, order);
  }

  @Test
  void layerTwoIsOnBothCloudsUntilNothingWaitsOnTheOldOne() {
    List<Phase> phases = moving(START, Layer.L2, AZURE, StoreMode.LEAVE);

    assertThat(kinds(phases)).containsExactly(EXPAND, SWITCH_WRITES, DRAIN, FENCE, DRAIN, CONTRACT);
    assertThat(phases.getLast().layout())
        .isEqualTo(new Layout(ON_AWS.with(Layer.L2, AZURE), Legs.NONE));
  }

  @Test
  void layerTwoGoesBackWhileTheOldCloudIsDrained() {
    List<Phase> phases = moving(START, Layer.L2, AZURE, StoreMode.LEAVE);
    Layout closed = phases.get(kinds(phases).indexOf(FENCE)).layout();

    List<Phase> back = moving(closed, Layer.L2, AWS, StoreMode.LEAVE);

    assertThat(kinds(back)).containsExactly(EXPAND, SWITCH_WRITES, DRAIN, FENCE, DRAIN, CONTRACT);
    assertThat(back.getLast().layout()).isEqualTo(START);
  }

  @Test
  void layerTwoMovesBeforeTheTiers() {
    Placement wanted = ON_AWS.with(Layer.L3_HOT, AZURE).with(Layer.L2, GOOGLE);

    assertThat(
            ChangePlan.between(START, wanted, Map.of(), Set.of()).stream()
                .map(Phase::layer)
                .distinct())
        .containsExactly(Layer.L2, Layer.L3_HOT);
  }

  @Test
  void devicesAreLetInOnBothCloudsUntilTheOldEndpointIsRetired() {
    List<Phase> phases = moving(START, Layer.L1, AZURE, StoreMode.LEAVE);

    assertThat(kinds(phases)).containsExactly(EXPAND, SWITCH_WRITES);
    Layout both = phases.getLast().layout();
    assertThat(both.legs().of(Layer.L1).others()).containsExactly(new Leg(AWS, Use.READ, false));
    List<Phase> ended = ChangePlan.retiring(both, new StoreId(Layer.L1, AWS));
    assertThat(kinds(ended)).containsExactly(FENCE, DRAIN, CONTRACT);
    assertThat(PhaseRules.broken(both, ended)).isEmpty();
    assertThat(PhaseRules.broken(both, without(ended, DRAIN))).isNotEmpty();
    assertThat(PhaseRules.broken(both, List.of(ended.getLast()))).isNotEmpty();
    assertThat(ended.getLast().layout())
        .isEqualTo(new Layout(ON_AWS.with(Layer.L1, AZURE), Legs.NONE));
  }

  @Test
  void layersMoveOnWhileAnOldDeviceEndpointIsInUse() {
    Layout both = moving(START, Layer.L1, AZURE, StoreMode.LEAVE).getLast().layout();

    for (Layer layer : List.of(Layer.L1, Layer.L2, Layer.L3_HOT)) {
      List<Phase> phases = moving(both, layer, GOOGLE, StoreMode.COPY);
      assertThat(PhaseRules.broken(both, phases)).isEmpty();
      assertThat(phases.getLast().layout().legs().of(Layer.L1).read()).contains(AWS);
    }
    List<Phase> back = moving(both, Layer.L1, AWS, StoreMode.LEAVE);
    assertThat(kinds(back)).containsExactly(SWITCH_WRITES);
    assertThat(back.getLast().layout().legs().of(Layer.L1).read()).containsExactly(AZURE);
  }

  @Test
  void bothViewsAreThereUntilTheOldOneIsRetired() {
    List<Phase> phases = moving(START, Layer.L5, AZURE, StoreMode.LEAVE);

    assertThat(kinds(phases)).containsExactly(EXPAND, SWITCH_WRITES);
    Layout both = phases.getLast().layout();
    List<Phase> ended = ChangePlan.retiring(both, new StoreId(Layer.L5, GOOGLE));
    assertThat(kinds(ended)).containsExactly(CONTRACT);
    assertThat(ended.getLast().layout().legs()).isEqualTo(Legs.NONE);
  }

  @Test
  void bothGraphsAreKeptUpUntilTheNewOneHasAllValuesAndIsRead() {
    List<Phase> phases = moving(START, Layer.L4, AZURE, StoreMode.LEAVE);

    assertThat(kinds(phases))
        .containsExactly(EXPAND, SWITCH_WRITES, COPY, VERIFY, SWITCH_READS, NARROW_READS, CONTRACT);
    assertThat(phases.getLast().layout())
        .isEqualTo(new Layout(ON_AWS.with(Layer.L4, AZURE), Legs.NONE));
    assertThat(PhaseRules.broken(START, phases)).isEmpty();
    assertThat(PhaseRules.broken(START, without(phases, VERIFY))).isNotEmpty();
    Layout pushed = new Layout(ON_AWS.with(Layer.L4, GOOGLE), Legs.NONE);
    List<Phase> between = moving(pushed, Layer.L4, AZURE, StoreMode.LEAVE);
    assertThat(PhaseRules.broken(pushed, between)).isEmpty();
    assertThat(PhaseRules.broken(pushed, without(between, NARROW_READS))).isNotEmpty();
  }

  @Test
  void layerFourGoesBackWithTheValuesThatCameMeanwhile() {
    List<Phase> phases = moving(START, Layer.L4, AZURE, StoreMode.LEAVE);
    Layout copying = phases.get(kinds(phases).indexOf(COPY)).layout();
    Layout read = phases.get(kinds(phases).indexOf(SWITCH_READS)).layout();

    assertThat(kinds(moving(copying, Layer.L4, AWS, StoreMode.LEAVE)))
        .containsExactly(NARROW_READS, CONTRACT);
    assertThat(kinds(moving(read, Layer.L4, AWS, StoreMode.LEAVE)))
        .containsExactly(COPY, VERIFY, SWITCH_READS, NARROW_READS, CONTRACT);
  }

  @Test
  void theNewestValuesAreCopiedInTwoPhasesOverAConnectionThatIsThereBeforeAndGoesAtTheEnd() {
    Layout pushed = new Layout(ON_AWS.with(Layer.L4, GOOGLE), Legs.NONE);
    for (Layout from : List.of(START, pushed)) {
      List<Phase> phases = moving(from, Layer.L4, AZURE, StoreMode.LEAVE);
      assertThat(phases.stream().map(FunctionsMoveTest::copy))
          .as("from expand on; running in copy and verify")
          .containsExactly("idle", "idle", "running", "running", "idle", "idle", "none");
      assertThat(PhaseRules.broken(from, phases)).isEmpty();
      assertThat(PhaseRules.broken(from, without(without(phases, EXPAND), SWITCH_WRITES)))
          .isNotEmpty();
    }
    assertThat(moving(pushed, Layer.L4, AWS, StoreMode.LEAVE).stream().map(FunctionsMoveTest::copy))
        .as("TwinMaker keeps no values")
        .containsOnly("none");
  }

  private static String copy(Phase phase) {
    return phase
        .layout()
        .legs()
        .of(Layer.L4)
        .copy()
        .map(copy -> copy.running() ? "running" : "idle")
        .orElse("none");
  }

  @Test
  void aCopyOfValuesThatIsTakenBackEndsBeforeAnotherOneBegins() {
    Layout pushed = new Layout(ON_AWS.with(Layer.L4, GOOGLE), Legs.NONE);
    List<Phase> phases = moving(pushed, Layer.L4, AZURE, StoreMode.LEAVE);
    for (Phase begun : phases.subList(0, phases.size() - 1)) {
      for (Provider to : Provider.all()) {
        List<Phase> others = moving(begun.layout(), Layer.L4, to, StoreMode.LEAVE);
        assertThat(PhaseRules.broken(begun.layout(), others)).as(begun.kind() + " " + to).isEmpty();
        assertThat(others.getLast().layout())
            .isEqualTo(new Layout(ON_AWS.with(Layer.L4, to), Legs.NONE));
      }
    }
    Layout read = phases.get(kinds(phases).indexOf(SWITCH_READS)).layout();
    assertThat(kinds(moving(read, Layer.L4, GOOGLE, StoreMode.LEAVE)))
        .containsExactly(CONTRACT, EXPAND, COPY, VERIFY, SWITCH_READS, NARROW_READS, CONTRACT);
  }

  static Stream<Arguments> wrongOrdersOfLayerTwo() {
    return Stream.of(
        wrong("it is removed without being closed", FunctionsMoveTest::drainedOnce),
        wrong("it is removed without being drained", p -> without(p, DRAIN)),
        wrong("it is sent to before it is there", p -> without(p, EXPAND)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongOrdersOfLayerTwo")
  void anOrderThatLosesEventsIsCaught(String what, UnaryOperator<List<Phase>> order) {
    List<Phase> right = moving(START, Layer.L2, AZURE, StoreMode.LEAVE);
    assertThat(PhaseRules.broken(START, right)).isEmpty();
    assertThat(PhaseRules.broken(START, order.apply(right))).as(what).isNotEmpty();
  }

  /** What may come after the first drain is not waited for. */
  private static List<Phase> drainedOnce(List<Phase> phases) {
    List<Phase> once = new ArrayList<>(without(phases, FENCE));
    once.remove(once.size() - 2);
    return once;
  }
}
