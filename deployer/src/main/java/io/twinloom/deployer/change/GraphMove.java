package io.twinloom.deployer.change;

import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;

/**
 * The phases in which layer 4 comes to another cloud: both graphs are kept up while the newest
 * values of the old one are carried over, then the new one is read, and then the old one is left.
 * An update keeps the newer value, so that it does not matter in which order values come.
 */
record GraphMove(ChangePlan plan) {

  private static final Layer L4 = Layer.L4;

  void to(Provider wanted) {
    dropUnused(wanted);
    Provider from = plan.written(L4);
    if (from != wanted) {
      use(wanted, legs().on(wanted).map(Leg::use).orElse(Use.PREPARED), Phase.Kind.EXPAND);
      Use use = legs().on(wanted).map(Leg::use).orElse(Use.PREPARED);
      if (!use.isRead()) {
        use(wanted, use.isHolding() ? Use.READ : Use.JOINING, Phase.Kind.SWITCH_WRITES);
      }
      enter(Phase.Kind.COPY, plan.now());
      enter(Phase.Kind.VERIFY, plan.now());
      enter(
          Phase.Kind.SWITCH_READS,
          plan.now()
              .with(L4, wanted)
              .with(L4, legs().without(wanted).with(new Leg(from, Use.READ, false))));
    }
    legs().others().forEach(this::end);
  }

  private StoreLegs legs() {
    return plan.legs(L4);
  }

  private void enter(Phase.Kind kind, Layout layout) {
    plan.enter(kind, L4, layout);
  }

  /** Uses the graph on a cloud otherwise, if it is not used so already. */
  private void use(Provider cloud, Use use, Phase.Kind kind) {
    StoreLegs changed = legs().with(new Leg(cloud, use, false));
    if (!changed.equals(legs())) {
      enter(kind, plan.now().with(L4, changed));
    }
  }

  /** Graphs that were prepared elsewhere and never read. */
  private void dropUnused(Provider wanted) {
    legs().others().stream()
        .filter(leg -> !leg.use().isHolding() && leg.cloud() != wanted)
        .forEach(this::end);
  }

  private void end(Leg former) {
    if (former.use().isRead()) {
      Use left = former.use() == Use.JOINING ? Use.PREPARED : Use.UNREAD;
      use(former.cloud(), left, Phase.Kind.NARROW_READS);
    }
    enter(Phase.Kind.CONTRACT, plan.now().with(L4, legs().without(former.cloud())));
  }
}
