package io.twinloom.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the layers have on former and future clouds, the tiers their stores, and which movers do
 * nothing meanwhile.
 *
 * @param tiers by layer; those that are on one cloud only are left out
 * @param suspended the movers that are suspended, on every cloud where they are
 */
public record Legs(Map<Layer, StoreLegs> tiers, Set<FunctionKind> suspended) {

  /** Each tier has one store. */
  public static final Legs NONE = new Legs(Map.of(), Set.of());

  public Legs {
    Map<Layer, StoreLegs> some = new EnumMap<>(Layer.class);
    tiers.forEach(
        (tier, legs) -> {
          if (!legs.equals(StoreLegs.NONE)) {
            some.put(tier, legs);
          }
        });
    tiers = Collections.unmodifiableMap(some);
    suspended =
        suspended.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(suspended));
  }

  /** The other stores of a tier. */
  public StoreLegs of(Layer tier) {
    return tiers.getOrDefault(tier, StoreLegs.NONE);
  }

  /** The same with other legs of a tier. */
  public Legs with(Layer tier, StoreLegs legs) {
    Map<Layer, StoreLegs> all = new EnumMap<>(Layer.class);
    all.putAll(tiers);
    all.put(tier, legs);
    return new Legs(all, suspended);
  }

  /** The same with these movers suspended, and no others. */
  public Legs suspending(Set<FunctionKind> movers) {
    return new Legs(tiers, movers);
  }

  /** The clouds on which a layer has functions: the current one, then those of its other stores. */
  public List<Provider> carriers(Layer layer, Placement placement) {
    List<Provider> clouds = new ArrayList<>();
    placement.of(layer).ifPresent(clouds::add);
    of(layer).others().stream()
        .filter(StoreLegs.Leg::isActive)
        .map(StoreLegs.Leg::cloud)
        .filter(cloud -> !clouds.contains(cloud))
        .forEach(clouds::add);
    return clouds;
  }

  /** Whether a layer has functions on several clouds. */
  public boolean isOnSeveral(Layer layer, Placement placement) {
    return carriers(layer, placement).size() > 1;
  }

  /** Whether the store of a layer on a cloud takes nothing more. */
  public boolean isFenced(Layer layer, Provider cloud) {
    return of(layer).on(cloud).filter(StoreLegs.Leg::fenced).isPresent();
  }

  /**
   * The clouds whose store of a layer is read besides that of one cloud, as seen from there.
   *
   * @param own the cloud of the store that is not counted; the current one for all who have none of
   *     their own
   */
  public List<Provider> readBeside(Layer layer, Provider own, Placement placement) {
    List<Provider> clouds = new ArrayList<>();
    placement.of(layer).ifPresent(clouds::add);
    clouds.addAll(of(layer).read());
    clouds.remove(own);
    return clouds;
  }
}
