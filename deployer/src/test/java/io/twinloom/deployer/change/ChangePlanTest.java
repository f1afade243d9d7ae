package io.twinloom.deployer.change;

import static io.twinloom.deployer.change.Phase.Kind.CONTRACT;
import static io.twinloom.deployer.change.Phase.Kind.COPY;
import static io.twinloom.deployer.change.Phase.Kind.EXPAND;
import static io.twinloom.deployer.change.Phase.Kind.FENCE;
import static io.twinloom.deployer.change.Phase.Kind.IDLE_MOVERS;
import static io.twinloom.deployer.change.Phase.Kind.NARROW_READS;
import static io.twinloom.deployer.change.Phase.Kind.RESUME_MOVERS;
import static io.twinloom.deployer.change.Phase.Kind.SWITCH_READS;
import static io.twinloom.deployer.change.Phase.Kind.SWITCH_WRITES;
import static io.twinloom.deployer.change.Phase.Kind.VERIFY;
import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static io.twinloom.model.cloud.KnownClouds.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChangePlanTest {

  private static final Placement ON_AWS =
      new Placement(AWS, AWS, AWS, AWS, AWS, Optional.of(AWS), Optional.of(GOOGLE));
  private static final Layout START = new Layout(ON_AWS, Legs.NONE);

  private static final List<Phase.Kind> MOVE_WITH_COPY =
      List.of(
          IDLE_MOVERS,
          EXPAND,
          SWITCH_READS,
          SWITCH_WRITES,
          FENCE,
          COPY,
          VERIFY,
          NARROW_READS,
          CONTRACT);

  private static List<Phase> moving(Layout from, Layer tier, Provider to, StoreMode mode) {
    return ChangePlan.between(from, from.placement().with(tier, to), Map.of(tier, mode), Set.of());
  }

  private static List<Phase.Kind> kinds(List<Phase> phases) {
    return phases.stream().map(Phase::kind).toList();
  }

  @Test
  void whatIsCopiedIsReadInBothStoresUntilAllOfItWasFoundInTheNewOne() {
    List<Phase> phases = moving(START, Layer.L3_HOT, AZURE, StoreMode.COPY);

    assertThat(kinds(phases)).isEqualTo(MOVE_WITH_COPY);
    assertThat(phases.getLast().layout().legs().of(Layer.L3_HOT).others())
        .as("without a word that it may go, the old store is kept")
        .containsExactly(new Leg(AWS, Use.RETAINED, true));
  }

  @Test
  void whatIsLeftStaysReadableAndItsMoverGoesOn() {
    List<Phase> phases = moving(START, Layer.L3_COLD, AZURE, StoreMode.LEAVE);

    assertThat(kinds(phases))
        .containsExactly(IDLE_MOVERS, EXPAND, SWITCH_READS, SWITCH_WRITES, FENCE, RESUME_MOVERS);
    assertThat(phases.getLast().layout().legs().of(Layer.L3_COLD).others())
        .containsExactly(new Leg(AWS, Use.READ, true));
  }

  @Test
  void severalTiersMoveOneAfterTheOther() {
    Placement wanted = ON_AWS.with(Layer.L3_HOT, AZURE).with(Layer.L3_ARCHIVE, GOOGLE);
    List<Phase> phases = ChangePlan.between(START, wanted, Map.of(), Set.of());

    assertThat(phases.stream().map(Phase::layer).distinct())
        .containsExactly(Layer.L3_HOT, Layer.L3_ARCHIVE);
    assertThat(phases.getLast().layout().placement()).isEqualTo(wanted);
  }

  @ParameterizedTest
  @EnumSource(StoreMode.class)
  void aChangeThatIsTakenBackBeforeAnythingWasWrittenOnlyRemovesWhatItHasPrepared(StoreMode mode) {
    List<Phase> phases = moving(START, Layer.L3_HOT, AZURE, mode);
    Layout reading = phases.get(kinds(phases).indexOf(SWITCH_READS)).layout();

    List<Phase> back = moving(reading, Layer.L3_HOT, AWS, mode);

    assertThat(kinds(back)).containsExactly(NARROW_READS, CONTRACT);
    assertThat(back.getLast().layout()).isEqualTo(START);
  }

  @Test
  void aChangeThatIsTakenBackLaterIsTheSameMoveBackwards() {
    List<Phase> phases = moving(START, Layer.L3_HOT, AZURE, StoreMode.COPY);
    Layout copying = phases.get(kinds(phases).indexOf(COPY)).layout();

    List<Phase> back = moving(copying, Layer.L3_HOT, AWS, StoreMode.COPY);

    assertThat(kinds(back))
        .containsExactly(
            IDLE_MOVERS,
            CONTRACT,
            EXPAND,
            SWITCH_WRITES,
            FENCE,
            COPY,
            VERIFY,
            NARROW_READS,
            CONTRACT);
    assertThat(back.getLast().layout().placement()).isEqualTo(ON_AWS);
  }

  @ParameterizedTest
  @EnumSource(StoreMode.class)
  void whatIsPreparedToCopyBackIsRemovedBeforeTheCopyForth(StoreMode mode) {
    List<Phase> forth = moving(START, Layer.L3_HOT, GOOGLE, StoreMode.COPY);
    Layout written = forth.get(kinds(forth).indexOf(SWITCH_WRITES)).layout();
    List<Phase> back = moving(written, Layer.L3_HOT, AWS, StoreMode.COPY);
    Layout prepared = back.get(kinds(back).indexOf(EXPAND)).layout();

    List<Phase> again = moving(prepared, Layer.L3_HOT, GOOGLE, mode);

    assertThat(kinds(again)).startsWith(CONTRACT, FENCE);
    assertThat(PhaseRules.broken(prepared, again)).isEmpty();
  }

  @Test
  void aStoreThatWasLeftIsCopiedLaterOrEndedOnceItIsEmpty() {
    Layout left = moving(START, Layer.L3_HOT, AZURE, StoreMode.LEAVE).getLast().layout();

    assertThat(moving(left, Layer.L3_HOT, AZURE, StoreMode.COPY))
        .as("nobody has asked for that")
        .isEmpty();
    assertThat(kinds(ChangePlan.copying(left, new StoreId(Layer.L3_HOT, AWS), Set.of())))
        .containsExactly(IDLE_MOVERS, FENCE, COPY, VERIFY, NARROW_READS, CONTRACT);
    List<Phase> ended = ChangePlan.retiring(left, new StoreId(Layer.L3_HOT, AWS));
    assertThat(kinds(ended)).containsExactly(NARROW_READS, CONTRACT);
    assertThat(ended.getLast().layout().legs()).isEqualTo(Legs.NONE);
  }

  @Test
  void aTierThatMovesBackUsesTheStoreThatWasKeptThere() {
    Layout moved = moving(START, Layer.L3_HOT, AZURE, StoreMode.COPY).getLast().layout();

    List<Phase> back = moving(moved, Layer.L3_HOT, AWS, StoreMode.COPY);

    assertThat(kinds(back)).isEqualTo(MOVE_WITH_COPY);
    assertThat(back.get(1).layout().legs().of(Layer.L3_HOT).others())
        .as("nobody reads it before it is like the one in use")
        .containsExactly(new Leg(AWS, Use.UNREAD, false));
    assertThat(back.getLast().layout().legs().of(Layer.L3_HOT).others())
        .containsExactly(new Leg(AZURE, Use.RETAINED, true));
    assertThat(PhaseRules.broken(moved, back)).isEmpty();
    Layout prepared = back.get(1).layout();
    List<Phase> takenBack = moving(prepared, Layer.L3_HOT, AZURE, StoreMode.COPY);
    assertThat(takenBack.getLast().layout().legs()).isEqualTo(moved.legs());
  }

  @Test
  void aTierDoesNotMoveWithoutItsDataOntoAStoreThatIsKept() {
    Layout moved = moving(START, Layer.L3_HOT, AZURE, StoreMode.COPY).getLast().layout();

    assertThatThrownBy(() -> moving(moved, Layer.L3_HOT, AWS, StoreMode.LEAVE))
        .isInstanceOf(TwinloomException.class)
        .extracting(e -> ((TwinloomException) e).code())
        .isEqualTo(ChangeError.STORE_RETAINED.code());
    List<Phase> ended = ChangePlan.retiring(moved, new StoreId(Layer.L3_HOT, AWS));
    assertThat(kinds(ended)).containsExactly(CONTRACT);
    assertThat(ended.getLast().layout().legs()).isEqualTo(Legs.NONE);
  }

  static Stream<Arguments> wrongOrders() {
    return Stream.of(
        wrong("writes are switched before reads", p -> swapped(p, SWITCH_READS, SWITCH_WRITES)),
        wrong("reads and writes are switched at once", p -> without(p, SWITCH_READS)),
        wrong("it is copied before the old store is closed", p -> without(p, FENCE)),
        wrong("the old store is closed while it is written", ChangePlanTest::fencedWithWrites),
        wrong("the old store's door is removed and not closed", ChangePlanTest::withoutDoor),
        wrong("the movers are not idle before", p -> without(p, IDLE_MOVERS)),
        wrong("the movers go on while it is copied", ChangePlanTest::resumedAfterFence),
        wrong("the copy is not compared", p -> without(p, VERIFY)),
        wrong("the old store goes together with its readers", p -> without(p, NARROW_READS)),
        wrong("reads are narrowed before the copy", p -> swapped(p, NARROW_READS, COPY)));
  }

  private static Arguments wrong(String what, UnaryOperator<List<Phase>> order) {
    return Arguments.of(what, order);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongOrders")
  void anOrderThatLosesDataIsCaught(String what, UnaryOperator<List<Phase>> order) {
    for (Layer tier : List.of(Layer.L3_HOT, Layer.L3_COLD)) {
      List<Phase> right = moving(START, tier, AZURE, StoreMode.COPY);
      assertThat(PhaseRules.broken(START, right)).isEmpty();
      assertThat(PhaseRules.broken(START, order.apply(right))).as(what).isNotEmpty();
    }
  }

  private static List<Phase> without(List<Phase> phases, Phase.Kind kind) {
    return phases.stream().filter(phase -> phase.kind() != kind).toList();
  }

  /** The phases in another order, each in the layout that it leads to. */
  private static List<Phase> swapped(List<Phase> phases, Phase.Kind one, Phase.Kind other) {
    List<Phase> swapped = new ArrayList<>(phases);
    int i = kinds(phases).indexOf(one);
    int j = kinds(phases).indexOf(other);
    swapped.set(i, phases.get(j));
    swapped.set(j, phases.get(i));
    return swapped;
  }

  private static List<Phase> changed(
      List<Phase> phases, Set<Phase.Kind> kinds, UnaryOperator<Phase> change) {
    return phases.stream().map(p -> kinds.contains(p.kind()) ? change.apply(p) : p).toList();
  }

  private static List<Phase> fencedWithWrites(List<Phase> phases) {
    return changed(
        phases,
        Set.of(SWITCH_WRITES),
        p -> {
          StoreLegs legs = p.layout().legs().of(p.layer());
          return new Phase(
              p.kind(),
              p.layer(),
              p.layout().with(p.layer(), legs.with(new Leg(AWS, Use.READ, true))));
        });
  }

  private static List<Phase> withoutDoor(List<Phase> phases) {
    return changed(
        phases,
        Set.of(FENCE),
        p ->
            new Phase(
                p.kind(),
                p.layer(),
                p.layout().with(p.layer(), p.layout().legs().of(p.layer()).without(AWS))));
  }

  private static List<Phase> resumedAfterFence(List<Phase> phases) {
    return changed(
        phases,
        Set.of(COPY, VERIFY),
        p ->
            new Phase(
                p.kind(),
                p.layer(),
                new Layout(p.layout().placement(), p.layout().legs().suspending(Set.of()))));
  }

  @Test
  void eachPhaseSaysWhatHappensInIt() {
    assertThat(IntStream.range(0, Phase.Kind.values().length).mapToObj(i -> Phase.Kind.values()[i]))
        .allMatch(kind -> !kind.words().isBlank() && kind.id().matches("[a-z-]+"));
  }
}
