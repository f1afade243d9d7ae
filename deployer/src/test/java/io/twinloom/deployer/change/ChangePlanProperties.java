package io.twinloom.deployer.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

class ChangePlanProperties {

  /** Where somebody wants the layers, and how far that has come when somebody wants otherwise. */
  record Wish(Placement placement, Map<Layer, StoreMode> modes, int phases) {}

  @Provide
  Arbitrary<Placement> placements() {
    Arbitrary<Provider> cloud = Arbitraries.of(Provider.all());
    Arbitrary<Optional<Provider>> perhaps = cloud.optional();
    return Combinators.combine(cloud, cloud, cloud, cloud, cloud, perhaps, perhaps)
        .as(Placement::new);
  }

  @Provide
  Arbitrary<Wish> wishes() {
    Arbitrary<StoreMode> mode = Arbitraries.of(StoreMode.class);
    return Combinators.combine(
            placements(),
            Combinators.combine(mode, mode, mode)
                .as(
                    (hot, cold, archive) ->
                        Map.of(Layer.L3_HOT, hot, Layer.L3_COLD, cold, Layer.L3_ARCHIVE, archive)),
            Arbitraries.integers().between(0, 40))
        .as(Wish::new);
  }

  @Provide
  Arbitrary<List<Wish>> manyWishes() {
    return wishes().list().ofMinSize(1).ofMaxSize(4);
  }

  private static Placement moved(Placement others, Placement wished) {
    Placement moved = others;
    for (Layer layer : ChangePlan.MOVING) {
      if (ChangePlan.moves(layer, others, wished)) {
        moved = moved.with(layer, wished.of(layer).orElseThrow());
      }
    }
    return moved;
  }

  private static List<Phase> plan(Layout from, Wish wish) {
    Placement wanted = moved(from.placement(), wish.placement());
    try {
      return ChangePlan.between(from, wanted, wish.modes(), Set.of());
    } catch (TwinloomException e) {
      // A store that is kept stands where the tier is to go.
      Assume.that(false);
      throw e;
    }
  }

  @Property(tries = 1_000)
  @Tag("full")
  void eachOfManyPhasesGetsAlongWithTheOneBefore(
      @ForAll("placements") Placement start, @ForAll("manyWishes") List<Wish> wishes) {
    eachPhaseGetsAlongWithTheOneBeforeWhereverTheTwinStands(start, wishes);
  }

  @Property(tries = 50)
  void eachPhaseGetsAlongWithTheOneBeforeWhereverTheTwinStands(
      @ForAll("placements") Placement start, @ForAll("manyWishes") List<Wish> wishes) {
    Layout now = new Layout(start, Legs.NONE);
    for (Wish wish : wishes) {
      List<Phase> phases = plan(now, wish);
      assertThat(PhaseRules.broken(now, phases)).as(() -> phases.toString()).isEmpty();
      int done = Math.min(wish.phases(), phases.size());
      now = done == 0 ? now : phases.get(done - 1).layout();
    }
  }

  @Property(tries = 1_000)
  void aPlanEndsWhereTheLayersAreWantedAndThenThereIsNothingToDo(
      @ForAll("placements") Placement start, @ForAll("manyWishes") List<Wish> wishes) {
    Layout now = new Layout(start, Legs.NONE);
    for (Wish wish : wishes) {
      List<Phase> phases = plan(now, wish);
      Layout end = phases.isEmpty() ? now : phases.getLast().layout();
      assertThat(end.placement()).isEqualTo(moved(now.placement(), wish.placement()));
      assertThat(end.legs().suspended()).isEmpty();
      end.legs()
          .tiers()
          .forEach(
              (layer, legs) -> {
                assertThat(legs.copy()).isEmpty();
                assertThat(legs.others())
                    .allMatch(leg -> leg.fenced() == layer.isTier())
                    .allMatch(leg -> leg.use() == Use.READ || leg.use() == Use.RETAINED);
              });
      assertThat(ChangePlan.between(end, end.placement(), Map.of(), Set.of())).isEmpty();
      int done = Math.min(wish.phases(), phases.size());
      now = done == 0 ? now : phases.get(done - 1).layout();
    }
  }

  @Property(tries = 300)
  void aStoreThatMayHoldSomethingIsNeverForgotten(
      @ForAll("placements") Placement start, @ForAll("manyWishes") List<Wish> wishes) {
    Layout now = new Layout(start, Legs.NONE);
    for (Wish wish : wishes) {
      for (Phase phase : plan(now, wish)) {
        for (Layer tier : ChangePlan.TIERS) {
          Layout before = now;
          assertThat(holding(phase.layout(), tier)).containsAll(holding(before, tier));
        }
        now = phase.layout();
      }
    }
  }

  private static List<Provider> holding(Layout layout, Layer tier) {
    List<Provider> all =
        new ArrayList<>(
            layout.legs().of(tier).others().stream()
                .filter(leg -> leg.use().isHolding())
                .map(leg -> leg.cloud())
                .toList());
    layout.placement().of(tier).ifPresent(all::add);
    return all;
  }

  @Property(tries = 300)
  void whatIsWrittenDownIsReadAgain(
      @ForAll("placements") Placement start, @ForAll("wishes") Wish wish) {
    for (Phase phase : plan(new Layout(start, Legs.NONE), wish)) {
      assertThat(LayoutJson.read(LayoutJson.write(phase.layout()))).isEqualTo(phase.layout());
    }
  }
}
