package io.twinloom.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stores that a tier has besides the one that its writers write, which the placement names:
 * while the tier is moved to another cloud, and afterwards where its data was left behind. Of a
 * layer without a store, the same holds of its functions: they are written when they are sent to.
 *
 * @param others the other stores, the latest first
 * @param copy where one of them is copied
 */
public record StoreLegs(List<Leg> others, Optional<Copy> copy) {

  /** Only the store that is written. */
  public static final StoreLegs NONE = new StoreLegs(List.of(), Optional.empty());

  public StoreLegs {
    others = List.copyOf(others);
    if (others.stream().map(Leg::cloud).distinct().count() != others.size()) {
      throw new IllegalArgumentException("two stores of a tier on one cloud: " + others);
    }
  }

  /** What a store is used for that is not the one that is written. */
  public enum Use {
    /** Its functions are there. Nothing was written into it, and nothing reads it. */
    PREPARED,
    /** It is read, and nothing was written into it. */
    JOINING,
    /** It was written, and is read. */
    READ,
    /** It was written, and nothing reads it any more; its functions are there. */
    UNREAD,
    /** It is only kept: it has no functions. */
    RETAINED;

    /** Whether readers of the tier read it. */
    public boolean isRead() {
      return this == JOINING || this == READ;
    }

    /** Whether it may hold measurements. */
    public boolean isHolding() {
      return this != PREPARED && this != JOINING;
    }
  }

  /**
   * A store of the tier on another cloud.
   *
   * @param fenced whether what writes into it is refused, so that its content only gets less
   */
  public record Leg(Provider cloud, Use use, boolean fenced) {

    /** Whether it has functions of its own. */
    public boolean isActive() {
      return use != Use.RETAINED;
    }
  }

  /**
   * That one store of the tier is copied to another one, or a twin's newest values are.
   *
   * @param running whether what copies is there, and not only what takes the copies
   */
  public record Copy(Provider from, Provider to, boolean running) {}

  /** The store on a cloud, if the tier has another one there. */
  public Optional<Leg> on(Provider cloud) {
    return others.stream().filter(leg -> leg.cloud() == cloud).findFirst();
  }

  /** The clouds of the other stores that are read. */
  public List<Provider> read() {
    return others.stream().filter(leg -> leg.use().isRead()).map(Leg::cloud).toList();
  }

  /** The same with another leg in the place of the one on its cloud, or as the latest. */
  public StoreLegs with(Leg leg) {
    List<Leg> all = new ArrayList<>(others);
    Optional<Leg> former = on(leg.cloud());
    if (former.isPresent()) {
      all.set(all.indexOf(former.get()), leg);
    } else {
      all.addFirst(leg);
    }
    return new StoreLegs(all, copy);
  }

  /** The same without the store on a cloud. */
  public StoreLegs without(Provider cloud) {
    return new StoreLegs(others.stream().filter(leg -> leg.cloud() != cloud).toList(), copy);
  }

  /** The same with this copy under way. */
  public StoreLegs copying(Optional<Copy> other) {
    return new StoreLegs(others, other);
  }
}
