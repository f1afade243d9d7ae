package io.twinloom.deployer.change;

import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The phases in which the layers of a twin come to other clouds, one layer after the other. Pure:
 * the same layout and wish always give the same phases. There is a plan from every layout, also
 * from one in the middle of another plan: a change that is cancelled is a change back.
 */
public final class ChangePlan {

  /** The tiers in the order in which they move. */
  public static final List<Layer> TIERS = List.of(Layer.L3_HOT, Layer.L3_COLD, Layer.L3_ARCHIVE);

  /** The layers that move in phases, in the order in which they do: the quick ones first. */
  public static final List<Layer> MOVING =
      List.of(
          Layer.L5, Layer.L4, Layer.L2, Layer.L1, Layer.L3_HOT, Layer.L3_COLD, Layer.L3_ARCHIVE);

  private final Map<Layer, StoreMode> modes;
  private final Set<StoreId> deleted;
  private final List<Phase> phases = new ArrayList<>();
  private Layout now;

  private ChangePlan(Layout now, Map<Layer, StoreMode> modes, Set<StoreId> deleted) {
    this.now = now;
    this.modes = modes;
    this.deleted = deleted;
  }

  /** Whether a layer moves in phases, and neither comes to be nor goes. */
  public static boolean moves(Layer layer, Placement before, Placement after) {
    return MOVING.contains(layer) && before.of(layer).isPresent() && after.of(layer).isPresent();
  }

  /** A store of a tier on a cloud, or what another layer has there. */
  public record StoreId(Layer tier, Provider cloud) {}

  /**
   * The phases that bring the layers to where a placement has them.
   *
   * @param from where they are; those that do not move in phases are where they are wanted
   * @param wanted where they are to be
   * @param modes what becomes of the data of each tier; of one that is left out, it stays
   * @param deleted the former stores that are not kept once they were copied
   * @throws TwinloomException {@code TL-STORE-RETAINED} if a tier is to go where a former store of
   *     it is still kept, and its data is to stay: both stores would hold it then
   */
  public static List<Phase> between(
      Layout from, Placement wanted, Map<Layer, StoreMode> modes, Set<StoreId> deleted) {
    ChangePlan plan = new ChangePlan(from, modes, deleted);
    // What was begun is ended first: only one tier is copied at a time.
    List<Layer> inOrder =
        MOVING.stream()
            .sorted(Comparator.comparing(layer -> from.legs().of(layer).copy().isEmpty()))
            .toList();
    for (Layer layer : inOrder) {
      if (layer.isTier()) {
        plan.end(layer, wanted);
        wanted.of(layer).ifPresent(cloud -> plan.move(layer, cloud));
      } else if (moves(layer, from.placement(), wanted)) {
        Provider cloud = wanted.of(layer).orElseThrow();
        if (layer == Layer.L4) {
          new GraphMove(plan).to(cloud);
        } else {
          new FunctionsMove(plan, layer).to(cloud);
        }
      }
    }
    if (!plan.now.legs().suspended().isEmpty()) {
      plan.enter(Phase.Kind.RESUME_MOVERS, TIERS.getFirst(), plan.resumed());
    }
    return List.copyOf(plan.phases);
  }

  /**
   * The phases after which a former store of a tier, or what another layer has on a former cloud,
   * is not used any more; without any where there is none.
   */
  public static List<Phase> retiring(Layout from, StoreId store) {
    ChangePlan plan = new ChangePlan(from, Map.of(), Set.of(store));
    if (!store.tier().isTier()) {
      new FunctionsMove(plan, store.tier()).retire(store.cloud());
      return List.copyOf(plan.phases);
    }
    Optional<Leg> leg = plan.legs(store.tier()).on(store.cloud());
    if (leg.isPresent()) {
      if (leg.get().use().isRead()) {
        plan.enter(
            Phase.Kind.NARROW_READS,
            store.tier(),
            from.with(
                store.tier(),
                plan.legs(store.tier()).with(new Leg(store.cloud(), Use.UNREAD, true))));
      }
      plan.contract(store.tier(), store.cloud());
    }
    return List.copyOf(plan.phases);
  }

  /**
   * The phases in which a former store that is still read is copied after all, and then not used
   * any more.
   *
   * @param deleted the former stores that are not kept once they were copied
   */
  public static List<Phase> copying(Layout from, StoreId store, Set<StoreId> deleted) {
    ChangePlan plan = new ChangePlan(from, Map.of(store.tier(), StoreMode.COPY), deleted);
    plan.fence(store.tier(), store.cloud(), plan.written(store.tier()), true);
    return List.copyOf(plan.phases);
  }

  /** The movers whose source or target is a store of a tier. */
  static Set<FunctionKind> movers(Layer tier) {
    Set<FunctionKind> movers = EnumSet.noneOf(FunctionKind.class);
    into(tier).ifPresent(movers::add);
    outOf(tier).ifPresent(movers::add);
    return movers;
  }

  private static Optional<FunctionKind> into(Layer tier) {
    return switch (tier) {
      case L3_COLD -> Optional.of(FunctionKind.HOT_TO_COLD_MOVER);
      case L3_ARCHIVE -> Optional.of(FunctionKind.COLD_TO_ARCHIVE_MOVER);
      case L1, L2, L3_HOT, L4, L5 -> Optional.empty();
    };
  }

  private static Optional<FunctionKind> outOf(Layer tier) {
    return switch (tier) {
      case L3_HOT -> Optional.of(FunctionKind.HOT_TO_COLD_MOVER);
      case L3_COLD -> Optional.of(FunctionKind.COLD_TO_ARCHIVE_MOVER);
      case L1, L2, L3_ARCHIVE, L4, L5 -> Optional.empty();
    };
  }

  void enter(Phase.Kind kind, Layer layer, Layout layout) {
    now = layout;
    phases.add(new Phase(kind, layer, layout));
  }

  /** What the phases so far lead to. */
  Layout now() {
    return now;
  }

  StoreLegs legs(Layer layer) {
    return now.legs().of(layer);
  }

  Provider written(Layer layer) {
    return now.placement().of(layer).orElseThrow();
  }

  private Layout suspending(Set<FunctionKind> movers) {
    return new Layout(now.placement(), now.legs().suspending(movers));
  }

  private Layout resumed() {
    return suspending(Set.of());
  }

  /** Drops stores that were prepared and never written, unless they are wanted after all. */
  private void end(Layer tier, Placement wanted) {
    List<Provider> unused =
        legs(tier).others().stream()
            .filter(leg -> !leg.use().isHolding())
            .map(Leg::cloud)
            .filter(cloud -> !wanted.of(tier).equals(Optional.of(cloud)))
            .toList();
    for (Provider cloud : unused) {
      if (legs(tier).on(cloud).filter(leg -> leg.use() == Use.JOINING).isPresent()) {
        enter(
            Phase.Kind.NARROW_READS,
            tier,
            now.with(tier, legs(tier).with(new Leg(cloud, Use.PREPARED, false))));
      }
      StoreLegs rest = legs(tier).without(cloud).copying(Optional.empty());
      now = resumed();
      enter(Phase.Kind.CONTRACT, tier, now.with(tier, rest));
    }
  }

  private void move(Layer tier, Provider to) {
    Provider from = written(tier);
    if (from == to) {
      finish(tier);
      return;
    }
    if (isRetained(tier, to) && !copies(tier)) {
      throw new TwinloomException(
          ChangeError.STORE_RETAINED,
          "The former store of " + tier.title() + " on " + to.id() + " is still kept.",
          tier.configKey(),
          ChangeError.STORE_RETAINED.fix());
    }
    stopCopying(tier);
    idle(tier);
    expand(tier, from, to);
    Leg joined = legs(tier).on(to).orElseThrow();
    if (!joined.use().isRead()) {
      Use use = joined.use().isHolding() ? Use.READ : Use.JOINING;
      enter(
          Phase.Kind.SWITCH_READS, tier, now.with(tier, legs(tier).with(new Leg(to, use, false))));
    }
    Set<FunctionKind> suspended = EnumSet.noneOf(FunctionKind.class);
    outOf(tier).ifPresent(suspended::add);
    now = suspending(suspended);
    enter(
        Phase.Kind.SWITCH_WRITES,
        tier,
        now.with(tier, to).with(tier, legs(tier).without(to).with(new Leg(from, Use.READ, false))));
    finish(tier);
  }

  /** Ends a copy into another store than the one that the tier is to have. */
  private void stopCopying(Layer tier) {
    Optional<Copy> copy = legs(tier).copy();
    if (copy.isEmpty()) {
      return;
    }
    if (copy.get().running()) {
      Copy stopped = new Copy(copy.get().from(), copy.get().to(), false);
      enter(Phase.Kind.IDLE_MOVERS, tier, now.with(tier, legs(tier).copying(Optional.of(stopped))));
    }
    enter(Phase.Kind.CONTRACT, tier, now.with(tier, legs(tier).copying(Optional.empty())));
  }

  private boolean isRetained(Layer tier, Provider cloud) {
    return legs(tier).on(cloud).filter(leg -> leg.use() == Use.RETAINED).isPresent();
  }

  private void idle(Layer tier) {
    if (!now.legs().suspended().containsAll(movers(tier))) {
      enter(Phase.Kind.IDLE_MOVERS, tier, suspending(movers(tier)));
    }
  }

  private boolean copies(Layer tier) {
    return modes.getOrDefault(tier, StoreMode.LEAVE) == StoreMode.COPY;
  }

  private void expand(Layer tier, Provider from, Provider to) {
    Use use =
        isRetained(tier, to) ? Use.UNREAD : legs(tier).on(to).map(Leg::use).orElse(Use.PREPARED);
    Optional<Copy> copy = copies(tier) ? Optional.of(new Copy(from, to, false)) : Optional.empty();
    StoreLegs expanded = legs(tier).with(new Leg(to, use, false)).copying(copy);
    if (!expanded.equals(legs(tier))) {
      enter(Phase.Kind.EXPAND, tier, now.with(tier, expanded));
    }
  }

  /** What is left to do once the store that is written is the one that is wanted. */
  private void finish(Layer tier) {
    Provider to = written(tier);
    if (legs(tier).copy().filter(copy -> copy.to() != to).isPresent()) {
      stopCopying(tier);
    }
    for (Leg leg : legs(tier).others()) {
      if (leg.use() == Use.READ) {
        boolean left = leg.fenced() && !isCopied(tier, leg.cloud(), to);
        fence(tier, leg.cloud(), to, !left && copies(tier));
      } else if (leg.use() == Use.UNREAD) {
        contract(tier, leg.cloud());
      }
    }
    if (!now.legs().suspended().isEmpty()) {
      enter(Phase.Kind.RESUME_MOVERS, tier, resumed());
    }
  }

  private boolean isCopied(Layer tier, Provider from, Provider to) {
    return legs(tier).copy().filter(c -> c.from() == from && c.to() == to).isPresent();
  }

  /** Closes a store that is not written any more; what was left before stays as it is. */
  private void fence(Layer tier, Provider from, Provider to, boolean copies) {
    boolean copied = copies || isCopied(tier, from, to);
    if (copied) {
      idle(tier, outOf(tier));
    }
    Optional<Copy> copy = copied ? Optional.of(new Copy(from, to, true)) : Optional.empty();
    StoreLegs fenced = legs(tier).with(new Leg(from, Use.READ, true)).copying(copy);
    if (!fenced.equals(legs(tier))) {
      enter(Phase.Kind.FENCE, tier, now.with(tier, fenced));
    }
    if (copied) {
      enter(Phase.Kind.COPY, tier, now);
      enter(Phase.Kind.VERIFY, tier, now);
      enter(
          Phase.Kind.NARROW_READS,
          tier,
          now.with(
              tier,
              legs(tier)
                  .with(new Leg(from, Use.UNREAD, true))
                  .copying(Optional.of(new Copy(from, to, false)))));
      contract(tier, from);
    }
  }

  private void idle(Layer tier, Optional<FunctionKind> mover) {
    if (mover.isPresent() && !now.legs().suspended().contains(mover.get())) {
      Set<FunctionKind> suspended = EnumSet.of(mover.get());
      suspended.addAll(now.legs().suspended());
      enter(Phase.Kind.IDLE_MOVERS, tier, suspending(suspended));
    }
  }

  private void contract(Layer tier, Provider former) {
    StoreLegs rest =
        deleted.contains(new StoreId(tier, former))
            ? legs(tier).without(former)
            : legs(tier).with(new Leg(former, Use.RETAINED, true));
    StoreLegs kept = rest.copying(Optional.empty());
    now = resumed();
    enter(Phase.Kind.CONTRACT, tier, now.with(tier, kept));
  }
}
