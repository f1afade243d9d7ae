package io.twinloom.deployer.control;

import io.twinloom.model.Layer;
import io.twinloom.model.Legs;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.topology.Store;
import io.twinloom.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A store of a twin, or what another layer still has on a former cloud.
 *
 * @param tier the layer that it is of
 * @param devices those that were last seen there, where it lets devices in
 */
public record StoreStatus(
    String name, Provider cloud, Layer tier, Role role, List<DeviceSeen> devices) {

  public StoreStatus {
    devices = List.copyOf(devices);
  }

  /** When a device was last seen, ISO 8601. */
  public record DeviceSeen(String device, String time) {}

  /** What a store is used for. */
  public enum Role {
    /** It is written and read. */
    CURRENT,
    /** It is read, and what is old leaves it. */
    PREVIOUS,
    /** It is copied, or about to take copies. */
    COPYING,
    /** It is kept, and neither read nor written. */
    RETAINED,
    /** It lets devices in, and passes on what they send. */
    FORWARDING;

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
            : leg.map(l -> role(l.use(), copied)).orElse(Role.CURRENT),
        List.of());
  }

  /**
   * What layers without a store still have on former clouds.
   *
   * @param lastSeen the devices that were last seen on each cloud, and when
   */
  public static List<StoreStatus> former(
      String twin, Legs legs, Map<Provider, Map<String, Instant>> lastSeen) {
    List<StoreStatus> former = new ArrayList<>();
    for (Provider cloud : legs.of(Layer.L1).read()) {
      List<DeviceSeen> devices =
          new TreeMap<>(lastSeen.getOrDefault(cloud, Map.of()))
              .entrySet().stream()
                  .map(seen -> new DeviceSeen(seen.getKey(), seen.getValue().toString()))
                  .toList();
      former.add(new StoreStatus(twin + "-devices", cloud, Layer.L1, Role.FORWARDING, devices));
    }
    for (Provider cloud : legs.of(Layer.L5).read()) {
      former.add(new StoreStatus(twin + "-view", cloud, Layer.L5, Role.PREVIOUS, List.of()));
    }
    return former;
  }

  private static Role role(Use use, boolean copied) {
    return switch (use) {
      case PREPARED, JOINING -> Role.COPYING;
      case READ, UNREAD -> copied ? Role.COPYING : Role.PREVIOUS;
      case RETAINED -> Role.RETAINED;
    };
  }
}
