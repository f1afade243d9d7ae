package io.twinloom.deployer.change;

import io.twinloom.model.CloudConventions.TwinService;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs;
import io.twinloom.model.StoreLegs.Copy;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import java.util.Optional;

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
      Optional<Copy> copy = copy(from, wanted);
      copy.ifPresent(this::stopOthers);
      // Where nothing is copied, the connection of a copy that is over stays to the end.
      Optional<Copy> idle = copy.or(() -> legs().copy().map(GraphMove::stopped));
      boolean begun = copy.isPresent() && legs().copy().isPresent();
      use(wanted, useOf(wanted), begun ? legs().copy() : idle, Phase.Kind.EXPAND);
      Use use = useOf(wanted);
      if (!use.isRead()) {
        Use next = use.isHolding() ? Use.READ : Use.JOINING;
        use(wanted, next, legs().copy(), Phase.Kind.SWITCH_WRITES);
      }
      Optional<Copy> at = copy.map(GraphMove::running).or(() -> idle);
      enter(Phase.Kind.COPY, plan.now().with(L4, legs().copying(at)));
      enter(Phase.Kind.VERIFY, plan.now());
      Leg former = new Leg(from, Use.READ, false);
      enter(
          Phase.Kind.SWITCH_READS,
          plan.now().with(L4, wanted).with(L4, legs().without(wanted).with(former).copying(idle)));
    }
    legs().others().forEach(this::end);
  }

  /**
   * That the newest values are carried from one service to another; empty where the other keeps
   * none. What takes them knows the connection before anything is sent over it.
   */
  private static Optional<Copy> copy(Provider from, Provider to) {
    return Optional.of(new Copy(from, to, false))
        .filter(copy -> to.conventions().twinService() == TwinService.PUSHED);
  }

  /** Ends a copy between other services. */
  private void stopOthers(Copy wanted) {
    if (legs().copy().filter(copy -> !stopped(copy).equals(wanted)).isPresent()) {
      enter(Phase.Kind.CONTRACT, plan.now().with(L4, legs().copying(Optional.empty())));
    }
  }

  private static Copy running(Copy copy) {
    return new Copy(copy.from(), copy.to(), true);
  }

  private static Copy stopped(Copy copy) {
    return new Copy(copy.from(), copy.to(), false);
  }

  private StoreLegs legs() {
    return plan.legs(L4);
  }

  private Use useOf(Provider cloud) {
    return legs().on(cloud).map(Leg::use).orElse(Use.PREPARED);
  }

  private void enter(Phase.Kind kind, Layout layout) {
    plan.enter(kind, L4, layout);
  }

  /** Uses the graph on a cloud otherwise, if it is not used so already. */
  private void use(Provider cloud, Use use, Optional<Copy> copy, Phase.Kind kind) {
    StoreLegs changed = legs().with(new Leg(cloud, use, false)).copying(copy);
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
      use(former.cloud(), left, legs().copy().map(GraphMove::stopped), Phase.Kind.NARROW_READS);
    }
    enter(
        Phase.Kind.CONTRACT,
        plan.now().with(L4, legs().without(former.cloud()).copying(Optional.empty())));
  }
}
