package io.twinloom.functions.history;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Retrieval;
import io.twinloom.functions.port.ObjectStore.State;
import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.tier.ChunkItems;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.functions.tier.DamagedChunkException;
import io.twinloom.json.JsonMembers;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.time.Timestamps;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The items of a tier of chunks. Only chunks that the range touches are opened, one at a time, and
 * none that begins behind the end of the page.
 */
final class ChunkTier {

  private static final int LIST = 1_000;
  private static final String TIMESTAMP = "timestamp";
  private static final String EVENT_ID = "event_id";
  private static final Set<String> NAMES = Set.of(TIMESTAMP, EVENT_ID);

  private final ObjectStore store;

  ChunkTier(ObjectStore store) {
    this.store = store;
  }

  /**
   * A part of a range.
   *
   * @param items in order
   * @param more whether more follows behind the last of them
   * @param pending the chunks of this part of the range that must be restored first
   * @param damaged the chunks of it that were left out, or of which something was, each with why
   */
  record Part(List<Found> items, boolean more, List<Pending> pending, List<String> damaged) {}

  /**
   * What a device has in a range, at most {@code limit} items and 4 MiB of them.
   *
   * @param after the place behind which it begins; empty: at the range's beginning
   */
  Part read(
      String device, String start, String end, Optional<Place> after, int limit, Order order) {
    PageBuffer page = new PageBuffer(limit, order);
    List<Pending> pending = new ArrayList<>();
    List<ChunkKey> waiting = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    String from = after.filter(p -> order == Order.ASCENDING).map(Place::timestamp).orElse(start);
    String to = after.filter(p -> order == Order.DESCENDING).map(Place::timestamp).orElse(end);
    Predicate<Place> wanted =
        place ->
            place.timestamp().compareTo(start) >= 0
                && place.timestamp().compareTo(end) <= 0
                && (after.isEmpty() || Place.in(order).compare(place, after.get()) > 0)
                && page.takes(place);
    for (ChunkKey key : touched(device, from, to, order)) {
      if (isBehind(key, page.cut(), order)) {
        break;
      }
      Optional<Pending> closed = pending(key.text());
      if (closed.isPresent()) {
        pending.add(closed.get());
        waiting.add(key);
      } else {
        try {
          read(key.text(), wanted, page);
        } catch (DamagedChunkException e) {
          damaged.add(key.text() + ": " + e.getMessage());
        }
      }
    }
    Place cut = page.cut();
    for (int i = waiting.size() - 1; cut != null && i >= 0; i--) {
      if (isBehind(waiting.get(i), cut, order)) {
        pending.remove(i);
      }
    }
    return new Part(page.items(), cut != null, List.copyOf(pending), List.copyOf(damaged));
  }

  /** A device's chunks that a range touches, in the order in which a reading needs them. */
  List<ChunkKey> touched(String device, String start, String end, Order order) {
    List<ChunkKey> touched = new ArrayList<>();
    String prefix = ChunkKey.devicePrefix(device);
    String last = "";
    boolean more = true;
    while (more) {
      ObjectStore.Page page = store.list(prefix, last, LIST);
      for (ObjectStore.Entry entry : page.entries()) {
        last = entry.key();
        Optional<ChunkKey> key = ChunkKey.parse(entry.key());
        if (key.isPresent() && key.get().first().compareTo(end) > 0) {
          // Keys stand in the order of their first times.
          return sorted(touched, order);
        }
        key.filter(k -> k.touches(start, end)).ifPresent(touched::add);
      }
      more = page.more() && !page.entries().isEmpty();
    }
    return sorted(touched, order);
  }

  private static List<ChunkKey> sorted(List<ChunkKey> keys, Order order) {
    if (order == Order.DESCENDING) {
      keys.sort(Comparator.comparing(ChunkKey::last).reversed());
    }
    return keys;
  }

  /** Whether a chunk, and so each that follows it, has nothing before a place. */
  private static boolean isBehind(ChunkKey key, @Nullable Place cut, Order order) {
    return cut != null
        && (order == Order.ASCENDING
            ? key.first().compareTo(cut.timestamp()) > 0
            : key.last().compareTo(cut.timestamp()) < 0);
  }

  /** Whether a chunk must be restored first, and since when that was asked for. */
  Optional<Pending> pending(String key) {
    if (store.restoreTakes().isZero()) {
      return Optional.empty();
    }
    return store
        .info(key)
        .map(ObjectStore.Info::retrieval)
        .filter(retrieval -> retrieval.state() != State.READABLE)
        .map(retrieval -> pending(key, retrieval));
  }

  private Pending pending(String key, Retrieval retrieval) {
    return new Pending(key, retrieval.since().map(Timestamps::of), store.restoreTakes());
  }

  /**
   * One that is gone by now has been moved on: who reads the next tier after this finds it. What
   * stands before the damage of a damaged one is read; an item that is none does not end it.
   */
  private void read(String key, Predicate<Place> wanted, PageBuffer page)
      throws DamagedChunkException {
    Optional<InputStream> stored = store.open(key);
    if (stored.isEmpty()) {
      return;
    }
    try (InputStream raw = stored.get();
        InputStream in = key.endsWith(ObjectStore.GZIPPED) ? new GZIPInputStream(raw) : raw) {
      ChunkItems items = new ChunkItems(in, key);
      long bad = 0;
      for (byte[] item; (item = items.next()) != null; ) {
        Optional<Place> place = place(item);
        bad += place.isEmpty() ? 1 : 0;
        byte[] found = item;
        place
            .filter(wanted)
            .ifPresent(at -> page.add(new Found(at, JsonObject.unread(found), found.length)));
      }
      if (bad > 0) {
        throw new DamagedChunkException(bad + " of its items have no time or are invalid JSON");
      }
    } catch (ZipException | EOFException e) {
      throw new DamagedChunkException("it is packed wrongly");
    } catch (IOException e) {
      throw new StoreException("A chunk cannot be read", key, e);
    }
  }

  /** Where an item stands; empty where it is none. */
  private static Optional<Place> place(byte[] item) {
    try {
      Map<String, String> texts = JsonMembers.texts(item, NAMES);
      String timestamp = texts.get(TIMESTAMP);
      String stored = timestamp == null ? null : Timestamps.read(timestamp);
      return stored == null
          ? Optional.empty()
          : Optional.of(Place.of(stored, texts.get(EVENT_ID), JsonObject.unread(item)));
    } catch (JsonSyntaxException | Refused e) {
      return Optional.empty();
    }
  }
}
