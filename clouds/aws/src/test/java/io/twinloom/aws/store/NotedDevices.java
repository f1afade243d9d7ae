package io.twinloom.aws.store;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import java.util.List;
import java.util.Optional;

/** A hot store whose devices are noted as a deployment does, before their items come. */
record NotedDevices(DynamoHotStore store) implements HotStore {

  @Override
  public List<Put> putAll(List<HotItem> items) {
    store.note(items.stream().map(HotItem::device).distinct().toList());
    return store.putAll(items);
  }

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
  public int delete(String device, List<ItemPlace> places) {
    return store.delete(device, places);
  }
}
