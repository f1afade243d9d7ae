package io.twinloom.functions.port;

import io.twinloom.functions.port.HotStore.Copied;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * How items of one hot store come into another one while events are written there, too: the steps
 * of {@link HotStore#copyIn} for the adapters.
 *
 * <p>An item begins at the place that it has in the other store, a redelivery of its event at the
 * event's original time, which is not later; both take the first place that is free or has the same
 * event, by one conditional write. Once all items before it are copied, none of the places between
 * the two is free, so that both meet at one place. Where its own place is taken by another event,
 * its own may have come to an earlier one before those were copied: it is looked for once more.
 */
public final class HotCopy {

  private static final Copied STORED = new Copied.Stored();
  private static final Copied THERE = new Copied.There();

  private HotCopy() {}

  /**
   * The places of one device in a store.
   *
   * @param <E> how the store fails
   */
  public interface Places<E extends Exception> {

    /** The items from a time to another one, both inclusive. */
    Collection<ItemPlace> between(String start, String end) throws E;

    /**
     * Writes an item if its place is free; the check and the write are one. An item that is there
     * stays as it is: {@link Put#SAME} where it has the same event.
     */
    Put insert(StoredItem item) throws E;
  }

  /** Where the events of a part of a store stand. Used by several threads. */
  public static final class Known {
    /** Nearly every event stands once. */
    private final Map<String, String> firstTimes = new ConcurrentHashMap<>();

    private final Map<String, NavigableSet<String>> otherTimes = new ConcurrentHashMap<>();

    /** Takes places that were read. */
    public Known(Collection<ItemPlace> places) {
      places.forEach(this::add);
    }

    private void add(ItemPlace place) {
      if (firstTimes.putIfAbsent(place.eventId(), place.timestamp()) != null) {
        otherTimes
            .computeIfAbsent(place.eventId(), id -> new ConcurrentSkipListSet<>())
            .add(place.timestamp());
      }
    }

    /** Whether the event of a place stands within {@link HotStore#SAME_EVENT_MICROS} of it. */
    public boolean has(ItemPlace place) {
      String first = firstTimes.get(place.eventId());
      if (first == null) {
        return false;
      }
      String from = earliest(place);
      String to = latest(place);
      if (first.compareTo(from) >= 0 && first.compareTo(to) <= 0) {
        return true;
      }
      NavigableSet<String> others = otherTimes.get(place.eventId());
      String near = others == null ? null : others.ceiling(from);
      return near != null && near.compareTo(to) <= 0;
    }
  }

  /** The time from which on the events of these places are looked for. */
  public static String earliest(ItemPlace first) {
    String time = Timestamps.plusMicros(first.timestamp(), -HotStore.SAME_EVENT_MICROS);
    return time == null ? Timestamps.MIN : time;
  }

  /** The time up to which they are. */
  public static String latest(ItemPlace last) {
    String time = Timestamps.plusMicros(last.timestamp(), HotStore.SAME_EVENT_MICROS);
    return time == null ? Timestamps.MAX : time;
  }

  /**
   * Copies items of a device, in time order.
   *
   * @param known what stands around them, read before the first of them is written
   */
  public static <E extends Exception> List<Copied> into(
      String device, List<StoredItem> items, Known known, Places<E> places) throws E {
    List<Copied> copied = new ArrayList<>(items.size());
    for (StoredItem item : items) {
      if (known.has(item.place())) {
        copied.add(THERE);
      } else {
        copied.add(insert(device, item, places));
        known.add(item.place());
      }
    }
    return copied;
  }

  private static <E extends Exception> Copied insert(
      String device, StoredItem item, Places<E> places) throws E {
    StoredItem own = item;
    while (true) {
      switch (places.insert(own)) {
        case STORED -> {
          return own == item ? STORED : new Copied.Shifted(own.place().timestamp());
        }
        case SAME -> {
          return THERE;
        }
        case THROTTLED -> throw StoreException.throttled("hot store");
        case OCCUPIED -> {
          if (own == item && isThere(item.place(), places)) {
            return THERE;
          }
          own = later(device, own);
        }
      }
    }
  }

  private static <E extends Exception> boolean isThere(ItemPlace place, Places<E> places) throws E {
    return new Known(places.between(earliest(place), latest(place))).has(place);
  }

  /** Only what says its place changes of an item. */
  private static StoredItem later(String device, StoredItem item) {
    String next = Timestamps.plusMicros(item.place().timestamp(), 1);
    if (next == null) {
      throw new StoreException(
          "There is no free place after " + item.place().timestamp(),
          "hot store",
          new IllegalStateException("the end of all times"));
    }
    JsonObject body =
        JsonObject.unread(item.json()).toBuilder()
            .put("id", device + "_" + next)
            .put("timestamp", next)
            .build();
    return new StoredItem(new ItemPlace(next, item.place().eventId()), Json.bytes(body));
  }

  /**
   * The items in runs without a free microsecond between them, which may be copied side by side: a
   * redelivery of an item is not moved on beyond its run.
   */
  public static List<List<StoredItem>> runs(List<StoredItem> items) {
    List<List<StoredItem>> runs = new ArrayList<>();
    List<StoredItem> run = new ArrayList<>();
    for (StoredItem item : items) {
      boolean follows =
          !run.isEmpty()
              && item.place()
                  .timestamp()
                  .equals(Timestamps.plusMicros(run.getLast().place().timestamp(), 1));
      if (!follows && !run.isEmpty()) {
        runs.add(List.copyOf(run));
        run.clear();
      }
      run.add(item);
    }
    if (!run.isEmpty()) {
      runs.add(List.copyOf(run));
    }
    return runs;
  }
}
