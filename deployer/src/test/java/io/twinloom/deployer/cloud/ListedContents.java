package io.twinloom.deployer.cloud;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a store holds, as a list of digests by key. */
final class ListedContents implements StoreContents {

  final NavigableMap<String, String> held = new TreeMap<>(ORDER);

  @Override
  public List<Entry> behind(String key, int limit) {
    return held.tailMap(key, false).entrySet().stream()
        .limit(limit)
        .map(entry -> new Entry(entry.getKey(), entry::getValue))
        .toList();
  }

  @Override
  public void remove(List<String> keys) {
    keys.forEach(held::remove);
  }

  @Override
  public void removeAt(String device, String time) {
    held.keySet().removeIf(key -> key.startsWith(device) && key.contains(time));
  }
}
