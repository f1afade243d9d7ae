package io.twinloom.local.observe;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A hot store whose writes are counted. */
record CountedHotStore(HotStore store, Conservation counts, InstantSource clock)
    implements HotStore {

  @Override
  public List<Put> putAll(List<HotItem> items) {
    List<Put> puts = store.putAll(items);
    long fresh = puts.stream().filter(Put.STORED::equals).count();
    long again = puts.stream().filter(Put.SAME::equals).count();
    counts.stored(clock.instant(), fresh, again);
    return puts;
  }

  /** What was published is counted where it was stored first. */
  @Override
  public List<Copied> copyIn(String device, List<StoredItem> items) {
    return store.copyIn(device, items);
  }

  @Override
  public Page range(String device, String start, String end, int limit, Order order) {
    return store.range(device, start, end, limit, order);
  }

  @Override
  public Optional<HotItem> last(String device) {
    return store.last(device);
  }

  @Override
  public List<String> devicesBefore(String cutOff, String after, int limit) {
    return store.devicesBefore(cutOff, after, limit);
  }

  @Override
  public StoredPage itemsBefore(String device, String start, String before, int limit) {
    return store.itemsBefore(device, start, before, limit);
  }

  @Override
  public boolean itemsBefore(
      String device, String start, String before, int limit, Consumer<StoredItem> taker) {
    return store.itemsBefore(device, start, before, limit, taker);
  }

  @Override
  public OptionalLong size() {
    return store.size();
  }

  @Override
  public int delete(String device, List<ItemPlace> places) {
    return store.delete(device, places);
  }
}
