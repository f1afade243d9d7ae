package io.twinloom.deployer.change;

import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;

/**
 * The phases in which a layer without a store comes to another cloud: its functions are on both
 * until nothing waits for the old ones any more. Nothing is copied, so that going back needs
 * nothing but the same phases in the other direction. Layers 1 and 5 stay on both, since devices
 * and people come to know the new address one by one, until somebody ends the old one.
 */
record FunctionsMove(ChangePlan plan, Layer layer) {

  void to(Provider wanted) {
    dropUnused(wanted);
    Provider from = plan.written(layer);
    if (from != wanted) {
      expand(wanted);
      enter(
          Phase.Kind.SWITCH_WRITES,
          plan.now()
              .with(layer, wanted)
              .with(layer, legs().without(wanted).with(new Leg(from, afterwards(), false))));
    }
    legs().others().stream().filter(leg -> leg.use() == Use.UNREAD).forEach(this::end);
  }

  /** Ends what a layer that stays on both still has on its former cloud. */
  void retire(Provider former) {
    legs()
        .on(former)
        .ifPresent(
            leg -> {
              if (leg.use() == Use.READ && layer == Layer.L1) {
                Leg closed = new Leg(former, Use.UNREAD, true);
                enter(Phase.Kind.FENCE, plan.now().with(layer, legs().with(closed)));
                end(closed);
              } else {
                contract(former);
              }
            });
  }

  private Use afterwards() {
    return layer == Layer.L2 ? Use.UNREAD : Use.READ;
  }

  private StoreLegs legs() {
    return plan.legs(layer);
  }

  private void enter(Phase.Kind kind, Layout layout) {
    plan.enter(kind, layer, layout);
  }

  /** Functions that were prepared elsewhere and never sent anything. */
  private void dropUnused(Provider wanted) {
    legs().others().stream()
        .filter(leg -> !leg.use().isHolding() && leg.cloud() != wanted)
        .map(Leg::cloud)
        .forEach(this::contract);
  }

  private void expand(Provider to) {
    Use use = legs().on(to).map(Leg::use).orElse(Use.PREPARED);
    StoreLegs expanded = legs().with(new Leg(to, use, false));
    if (!expanded.equals(legs())) {
      enter(Phase.Kind.EXPAND, plan.now().with(layer, expanded));
    }
  }

  /**
   * Ends the functions on a cloud: what they are still sent comes to them until nothing is under
   * way any more, and they are closed only then, so that little is put off.
   */
  private void end(Leg former) {
    if (!former.fenced()) {
      enter(Phase.Kind.DRAIN, plan.now());
      Leg closed = new Leg(former.cloud(), former.use(), true);
      enter(Phase.Kind.FENCE, plan.now().with(layer, legs().with(closed)));
    }
    enter(Phase.Kind.DRAIN, plan.now());
    contract(former.cloud());
  }

  private void contract(Provider cloud) {
    enter(Phase.Kind.CONTRACT, plan.now().with(layer, legs().without(cloud)));
  }
}
