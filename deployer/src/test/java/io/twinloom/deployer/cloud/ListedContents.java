package io.twinloom.deployer.cloud;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a store holds, as a list of digests by key. */
final class ListedContents implements StoreContents {

  final NavigableMap<String, String> held = new TreeMap<>(ORDER);

  /** The key whose content cannot be read. */
  String failingAt = "";

  /** Whether nothing can be removed. */
  boolean refusing;

  @Override
  public List<Entry> behind(String key, int limit) {
    return held.tailMap(key, false).entrySet().stream()
        .limit(limit)
        .map(entry -> new Entry(entry.getKey(), () -> digest(entry.getKey(), entry.getValue())))
        .toList();
  }

  private String digest(String key, String content) {
    if (key.equals(failingAt)) {
      throw failed(key);
    }
    return content;
  }

  private static TwinloomException failed(String where) {
    return new TwinloomException(
        DeployerError.CLOUD_REFUSED, "The store does not answer.", where, "Wait.");
  }

  @Override
  public void remove(List<String> keys) {
    if (refusing) {
      throw failed(keys.getFirst());
    }
    keys.forEach(held::remove);
  }

  @Override
  public void removeAt(String device, String time) {
    held.keySet().removeIf(key -> key.startsWith(device) && key.contains(time));
  }
}
