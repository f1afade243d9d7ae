package io.twinloom.functions.history;

import io.twinloom.functions.port.HotStore.Order;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one tier and not given yet. Used by one thread, for one page.
 *
 * <p>Until a tier has had its first item, the pages that follow need not ask it again for what lies
 * before that: it is known to have nothing there.
 */
final class ReadAhead {

  private final Tier tier;
  private final Order order;
  private final Comparator<Place> places;
  private List<Found> items = List.of();
  private @Nullable Place reach;
  private @Nullable String begins;
  private final boolean untouched;

  /**
   * @param begins the time before which the tier is known to have nothing; null where nothing is
   *     known
   * @param untouched whether no item of the tier was met on the pages before
   */
  ReadAhead(Tier tier, Order order, @Nullable String begins, boolean untouched) {
    this.tier = tier;
    this.order = order;
    this.places = Place.in(order);
    this.begins = begins;
    this.untouched = untouched;
  }

  Tier tier() {
    return tier;
  }

  /** Whether what was read ends at this place or before it. */
  boolean isSpentAt(Optional<Place> after) {
    Place known = reach;
    return known == null || after.isPresent() && places.compare(known, after.get()) <= 0;
  }

  /**
   * Takes it as read that the tier has nothing before where it begins.
   *
   * @return whether that is known, and reaches behind a time
   */
  boolean skips(String time, Place atMost) {
    String known = begins;
    if (known == null || !isBefore(time, known)) {
      return false;
    }
    items = List.of();
    Place before = Place.endOf(Place.further(known, -1, order), order);
    reach = least(before, atMost);
    return true;
  }

  /**
   * Takes what was read, as far as the tiers before it were read: what lies behind that is read
   * again, after them.
   */
  void take(Tier.Part part, Place atMost) {
    reach = least(part.reach(), atMost);
    items = part.items().stream().filter(i -> places.compare(i.place(), reach()) <= 0).toList();
    if (untouched) {
      begins =
          items.isEmpty()
              ? Place.further(reach().timestamp(), 1, order)
              : items.getFirst().place().timestamp();
    }
  }

  private Place least(Place one, Place other) {
    return places.compare(one, other) <= 0 ? one : other;
  }

  /** How far it was read. */
  Place reach() {
    Place known = reach;
    if (known == null) {
      throw new IllegalStateException("nothing was read");
    }
    return known;
  }

  /** What was read up to a place; it is not given again. */
  List<Found> upTo(Place place) {
    int count = 0;
    while (count < items.size() && places.compare(items.get(count).place(), place) <= 0) {
      count++;
    }
    List<Found> taken = items.subList(0, count);
    items = items.subList(count, items.size());
    return taken;
  }

  /** The time before which the tier has nothing, where that is known and lies behind a place. */
  Optional<String> beginsBehind(Place place) {
    return Optional.ofNullable(begins).filter(time -> isBefore(place.timestamp(), time));
  }

  private boolean isBefore(String one, String other) {
    return order == Order.ASCENDING ? one.compareTo(other) < 0 : one.compareTo(other) > 0;
  }
}
