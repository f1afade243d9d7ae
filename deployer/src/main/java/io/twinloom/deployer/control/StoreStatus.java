package io.twinloom.deployer.control;

import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.util.Locale;
import java.util.Optional;

/**
 * A store of a twin.
 *
 * @param tier the layer that it is of
 */
public record StoreStatus(String name, Provider cloud, Layer tier, Role role) {

  /** What a store is used for. */
  public enum Role {
    /** It is written and read. */
    CURRENT,
    /** It is read, and what is old leaves it. */
    PREVIOUS,
    /** It is copied, or about to take copies. */
    COPYING,
    /** It is kept, and neither read nor written. */
    RETAINED;

    /** Its name for machines. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The status of a store of a topology. */
  public static StoreStatus of(Store store, Topology topology, Legs legs) {
    Layer layer = store.kind().need().layer().orElseThrow();
    Optional<Leg> leg = legs.of(layer).on(store.cloud());
    boolean copied = legs.of(layer).copy().isPresent();
    return new StoreStatus(
        store.name(),
        store.cloud(),
        layer,
        topology.placement().of(layer).equals(Optional.of(store.cloud()))
            ? Role.CURRENT
            : leg.map(l -> role(l.use(), copied)).orElse(Role.CURRENT));
  }

  private static Role role(Use use, boolean copied) {
    return switch (use) {
      case PREPARED, JOINING -> Role.COPYING;
      case READ, UNREAD -> copied ? Role.COPYING : Role.PREVIOUS;
      case RETAINED -> Role.RETAINED;
    };
  }
}
