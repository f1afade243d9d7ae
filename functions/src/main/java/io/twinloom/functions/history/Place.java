package io.twinloom.functions.history;

import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The place of an item among those of its device: by time, and by event where several have one time
 * (in different tiers, or in different chunks).
 *
 * @param timestamp in stored form
 * @param event the event's id, or what stands for it
 */
record Place(String timestamp, String event) {

  /** Longer ids are replaced by their digest: a place goes into tokens. */
  static final int MAX_EVENT = 64;

  private static final String FIRST = "";
  private static final String LAST = "\uffff";

  private static final Comparator<Place> ASCENDING =
      Comparator.comparing(Place::timestamp).thenComparing(Place::event);

  /** The order in which a reading meets them. */
  static Comparator<Place> in(Order order) {
    return order == Order.ASCENDING ? ASCENDING : ASCENDING.reversed();
  }

  /** The place of an item; one that another product has stored may lack its id. */
  static Place of(String timestamp, @Nullable String eventId, JsonObject body) {
    if (eventId != null && eventId.length() <= MAX_EVENT && !eventId.isEmpty()) {
      return new Place(timestamp, eventId);
    }
    return new Place(timestamp, EventId.ofItem(body));
  }

  /** The last place of a time, in the order of a reading. */
  static Place endOf(String timestamp, Order order) {
    return new Place(timestamp, order == Order.ASCENDING ? LAST : FIRST);
  }

  /**
   * The time so many microseconds further in an order; the end of all times where there is none.
   */
  static String further(String timestamp, long micros, Order order) {
    boolean ascending = order == Order.ASCENDING;
    String moved = Timestamps.plusMicros(timestamp, ascending ? micros : -micros);
    boolean later = ascending == micros > 0;
    return moved != null ? moved : later ? Timestamps.MAX : Timestamps.MIN;
  }
}
