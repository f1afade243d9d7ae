package io.twinloom.functions.hot;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Put;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.functions.telemetry.Normalizer.Normalized;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts history into the hot store, from where the movers take it on as it is old. An item is stored
 * once, however often it is given: its event id decides. Nothing else happens because of it: no
 * rule is evaluated and no twin is updated.
 */
public final class ItemImport {

  /** The form of an event id, see {@link EventId}. */
  private static final Pattern EVENT_ID = Pattern.compile("[A-Za-z0-9_-]{11}");

  /** Which events of a device are stored in a range already, in whatever tier. */
  @FunctionalInterface
  public interface StoredEvents {

    /**
     * The ids of events.
     *
     * @param from inclusive, in stored form
     * @param to inclusive
     */
    Set<String> of(String device, String from, String to);
  }

  private final HotStore store;
  private final Normalizer normalizer;
  private final StoredEvents known;

  /**
   * @param isKnownDevice whether the twin has a device of this id
   * @param known what has moved on to colder tiers, as far as that can be known
   */
  public ItemImport(HotStore store, Predicate<String> isKnownDevice, StoredEvents known) {
    this.store = store;
    this.normalizer = new Normalizer(isKnownDevice);
    this.known = known;
  }

  /**
   * What became of items.
   *
   * @param stored that are stored now
   * @param present that were stored already
   * @param denied what is no item of this twin, by its place among those given
   */
  public record Result(long stored, long present, Map<Integer, TwinloomException> denied) {
    public Result {
      denied = Collections.unmodifiableMap(new TreeMap<>(denied));
    }
  }

  /**
   * The item in its normal form, with its event id: its own where it has one, as exported items do,
   * else that of its content.
   *
   * @throws Refused if it has no known device or no time
   */
  public HotItem item(JsonObject given) {
    Normalized normalized = normalizer.normalize(given, "", Optional.empty());
    String id =
        given
            .text(Envelope.EVENT_ID)
            .filter(text -> EVENT_ID.matcher(text).matches())
            .orElseGet(() -> EventId.ofItem(normalized.message()));
    return HotRecorder.item(normalized, normalized.timestamp(), id);
  }

  /**
   * Stores items.
   *
   * @throws StoreException if the store fails: some may be stored then, and storing them again does
   *     no harm
   */
  public Result store(List<JsonObject> items) {
    Map<Integer, HotItem> open = new TreeMap<>();
    Map<Integer, TwinloomException> denied = new TreeMap<>();
    for (int i = 0; i < items.size(); i++) {
      try {
        open.put(i, item(items.get(i)));
      } catch (Refused e) {
        denied.put(i, e);
      }
    }
    long present = leaveOutKnown(open);
    while (!open.isEmpty()) {
      present += put(open, denied);
    }
    return new Result(items.size() - present - denied.size(), present, denied);
  }

  /** Leaves out what is stored already; a device's items are looked for in one range. */
  private long leaveOutKnown(Map<Integer, HotItem> open) {
    Map<String, TreeSet<String>> times = new TreeMap<>();
    open.values()
        .forEach(
            item ->
                times
                    .computeIfAbsent(item.device(), device -> new TreeSet<>())
                    .add(item.timestamp()));
    long present = 0;
    for (Map.Entry<String, TreeSet<String>> device : times.entrySet()) {
      Set<String> stored =
          known.of(device.getKey(), device.getValue().first(), device.getValue().last());
      List<Integer> places =
          open.entrySet().stream()
              .filter(
                  e ->
                      e.getValue().device().equals(device.getKey())
                          && stored.contains(e.getValue().eventId()))
              .map(Map.Entry::getKey)
              .toList();
      places.forEach(open::remove);
      present += places.size();
    }
    return present;
  }

  /**
   * Writes what has no place yet; what meets another event goes on to the next microsecond.
   *
   * @return how many were there already
   */
  private long put(Map<Integer, HotItem> open, Map<Integer, TwinloomException> denied) {
    List<Integer> places = List.copyOf(open.keySet());
    List<Put> puts = store.putAll(List.copyOf(open.values()));
    long present = 0;
    for (int i = 0; i < puts.size(); i++) {
      int place = places.get(i);
      switch (puts.get(i)) {
        case STORED -> open.remove(place);
        case SAME -> {
          open.remove(place);
          present++;
        }
        case THROTTLED -> throw StoreException.throttled("hot store");
        case OCCUPIED -> moveOn(place, open, denied);
      }
    }
    return present;
  }

  private static void moveOn(
      int place, Map<Integer, HotItem> open, Map<Integer, TwinloomException> denied) {
    HotItem item = open.remove(place);
    if (item == null) {
      return;
    }
    HotItem later = later(item);
    if (later == null) {
      denied.put(place, noPlace(item));
    } else {
      open.put(place, later);
    }
  }

  private static @Nullable HotItem later(HotItem item) {
    String next = Timestamps.plusMicros(item.timestamp(), 1);
    return next == null
        ? null
        : new HotItem(
            item.device(),
            next,
            item.eventId(),
            item.body().toBuilder()
                .put("id", HotRecorder.id(item.device(), next))
                .put(Normalizer.TIMESTAMP, next)
                .build());
  }

  private static Refused noPlace(HotItem item) {
    return Refused.of(
        FunctionsError.MESSAGE_TIME,
        "There is no free place after " + item.timestamp() + ".",
        "Give real times.");
  }
}
