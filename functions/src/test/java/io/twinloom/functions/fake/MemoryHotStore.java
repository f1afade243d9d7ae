package io.twinloom.functions.fake;

import io.twinloom.functions.port.HotCopy;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A hot store in memory. */
public final class MemoryHotStore implements HotStore {
  private final TreeMap<String, TreeMap<String, HotItem>> devices = new TreeMap<>();
  private boolean broken;
  private Predicate<HotItem> refused = item -> false;
  private Predicate<HotItem> throttled = item -> false;
  private int writes;

  /** From now on it fails. */
  public void breakDown() {
    broken = true;
  }

  /** Everything that is stored, by device and time. */
  public synchronized List<HotItem> all() {
    return devices.values().stream().map(TreeMap::values).flatMap(Collection::stream).toList();
  }

  /** Forgets everything. */
  public synchronized void clear() {
    devices.clear();
  }

  /** Takes an item only where it is not one of these. */
  public void refuse(Predicate<HotItem> bad) {
    refused = bad;
  }

  /** From now on these are answered with {@link Put#THROTTLED}. */
  public void throttle(Predicate<HotItem> some) {
    throttled = some;
  }

  /** How often items were handed in. */
  public synchronized int writes() {
    return writes;
  }

  @Override
  public synchronized OptionalLong size() {
    return OptionalLong.of(all().size());
  }

  @Override
  public synchronized List<Put> putAll(List<HotItem> items) {
    writes++;
    check();
    if (items.stream().anyMatch(refused)) {
      throw new StoreException("No such item", "hot", new IllegalStateException("refused"));
    }
    return items.stream().map(this::store).toList();
  }

  private Put store(HotItem item) {
    if (throttled.test(item)) {
      return Put.THROTTLED;
    }
    TreeMap<String, HotItem> items =
        devices.computeIfAbsent(item.device(), ignored -> new TreeMap<>());
    HotItem there = items.get(item.timestamp());
    if (there != null && !there.eventId().equals(item.eventId())) {
      return Put.OCCUPIED;
    }
    items.put(item.timestamp(), item);
    return there == null ? Put.STORED : Put.SAME;
  }

  @Override
  public synchronized List<Copied> copyIn(String device, List<StoredItem> items) {
    check();
    if (items.isEmpty()) {
      return List.of();
    }
    HotCopy.Places<RuntimeException> places = places(device);
    String from = HotCopy.earliest(items.getFirst().place());
    HotCopy.Known known =
        new HotCopy.Known(places.between(from, HotCopy.latest(items.getLast().place())));
    return HotCopy.into(device, items, known, places);
  }

  /** A device's places, as what copies items into them sees them. */
  public HotCopy.Places<RuntimeException> places(String device) {
    return new HotCopy.Places<>() {
      @Override
      public List<ItemPlace> between(String start, String end) {
        synchronized (MemoryHotStore.this) {
          return devices
              .getOrDefault(device, new TreeMap<>())
              .subMap(start, true, end, true)
              .values()
              .stream()
              .map(item -> new ItemPlace(item.timestamp(), item.eventId()))
              .toList();
        }
      }

      @Override
      public Put insert(StoredItem item) {
        ItemPlace place = item.place();
        HotItem own =
            new HotItem(device, place.timestamp(), place.eventId(), JsonObject.unread(item.json()));
        synchronized (MemoryHotStore.this) {
          if (throttled.test(own)) {
            return Put.THROTTLED;
          }
          HotItem there =
              devices
                  .computeIfAbsent(device, ignored -> new TreeMap<>())
                  .putIfAbsent(place.timestamp(), own);
          return there == null
              ? Put.STORED
              : there.eventId().equals(place.eventId()) ? Put.SAME : Put.OCCUPIED;
        }
      }
    };
  }

  @Override
  public synchronized Page range(String device, String start, String end, int limit, Order order) {
    check();
    NavigableMap<String, HotItem> range =
        devices.getOrDefault(device, new TreeMap<>()).subMap(start, true, end, true);
    List<HotItem> page = new ArrayList<>();
    long bytes = 0;
    for (HotItem item : (order == Order.ASCENDING ? range : range.descendingMap()).values()) {
      bytes += Json.bytes(item.body()).length;
      if (page.size() == limit || !page.isEmpty() && bytes > MAX_PAGE_BYTES) {
        return new Page(page, true);
      }
      page.add(item);
    }
    return new Page(page, false);
  }

  @Override
  public synchronized Optional<HotItem> last(String device) {
    check();
    return Optional.ofNullable(devices.get(device))
        .filter(items -> !items.isEmpty())
        .map(items -> items.lastEntry().getValue());
  }

  @Override
  public synchronized List<String> devicesBefore(String cutOff, String after, int limit) {
    check();
    return devices.tailMap(after, false).entrySet().stream()
        .filter(d -> !d.getValue().headMap(cutOff).isEmpty())
        .map(Map.Entry::getKey)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized StoredPage itemsBefore(
      String device, String start, String before, int limit) {
    check();
    List<StoredItem> page = new ArrayList<>();
    long bytes = 0;
    for (HotItem item :
        devices.getOrDefault(device, new TreeMap<>()).subMap(start, before).values()) {
      byte[] json = Json.bytes(item.body());
      bytes += json.length;
      if (page.size() == limit || !page.isEmpty() && bytes > MAX_PAGE_BYTES) {
        return new StoredPage(page, true);
      }
      page.add(new StoredItem(new ItemPlace(item.timestamp(), item.eventId()), json));
    }
    return new StoredPage(page, false);
  }

  @Override
  public synchronized int delete(String device, List<ItemPlace> places) {
    check();
    TreeMap<String, HotItem> items = devices.getOrDefault(device, new TreeMap<>());
    int deleted = 0;
    for (ItemPlace place : places) {
      HotItem there = items.get(place.timestamp());
      if (there != null && there.eventId().equals(place.eventId())) {
        items.remove(place.timestamp());
        deleted++;
      }
    }
    return deleted;
  }

  private void check() {
    if (broken) {
      throw new StoreException("The store is down", "hot", new IllegalStateException("down"));
    }
  }
}
