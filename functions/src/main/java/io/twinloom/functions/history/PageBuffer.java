package io.twinloom.functions.history;

import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The first items of a range, whatever the order in which they are offered: a bounded number of
 * them with a bounded size, so that a page of chunks that overlap needs no more memory than a page.
 */
final class PageBuffer {

  private final int limit;
  private final Comparator<Place> order;
  private final TreeMap<Place, Found> items;
  private long bytes;
  private @Nullable Place cut;

  PageBuffer(int limit, Order order) {
    this.limit = limit;
    this.order = Place.in(order);
    this.items = new TreeMap<>(this.order);
  }

  /** Whether an item of this place would be taken. */
  boolean takes(Place place) {
    Place bound = cut;
    return (bound == null || order.compare(place, bound) < 0) && !items.containsKey(place);
  }

  /** Takes an item that {@link #takes} says it would; others may have to leave for it. */
  void add(Found item) {
    items.put(item.place(), item);
    bytes += item.bytes();
    while (items.size() > limit || items.size() > 1 && bytes > HotStore.MAX_PAGE_BYTES) {
      Found last = items.pollLastEntry().getValue();
      bytes -= last.bytes();
      cut = last.place();
    }
  }

  /** The first place that did not fit; null where all did. */
  @Nullable Place cut() {
    return cut;
  }

  /** The items in their order. */
  List<Found> items() {
    return List.copyOf(items.values());
  }
}
