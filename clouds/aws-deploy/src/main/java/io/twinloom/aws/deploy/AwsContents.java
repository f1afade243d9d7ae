package io.twinloom.aws.deploy;

import io.twinloom.deployer.cloud.StoreContents;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.Sha256;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a store on AWS holds; nothing where it is not there. */
final class AwsContents {

  private static final StoreContents NOTHING =
      new StoreContents() {
        @Override
        public List<Entry> behind(String key, int limit) {
          return List.of();
        }

        @Override
        public void remove(List<String> keys) {
          throw new IllegalStateException("the store is not there");
        }

        @Override
        public void removeAt(String device, String time) {}
      };

  private AwsContents() {}

  static StoreContents of(Optional<? extends HotStore> store) {
    return store.<StoreContents>map(Items::new).orElse(NOTHING);
  }

  static StoreContents ofChunks(Optional<ObjectStore> store) {
    return store.<StoreContents>map(Chunks::new).orElse(NOTHING);
  }

  /**
   * Items. Between the parts of a key is what no device's id has, and what stands before all that
   * it has: so keys are in the order of the devices.
   */
  private record Items(HotStore store) implements StoreContents {

    private static final String BETWEEN = " ";

    private static String key(String device, ItemPlace place) {
      return String.join(BETWEEN, device, place.timestamp(), place.eventId());
    }

    private static String[] parts(String key) {
      return key.split(BETWEEN, 3);
    }

    @Override
    public List<Entry> behind(String key, int limit) {
      List<Entry> found = new ArrayList<>();
      String device = "";
      if (!key.isEmpty()) {
        device = parts(key)[0];
        add(device, Timestamps.after(parts(key)[1]), limit, found);
      }
      while (found.size() < limit) {
        List<String> next = store.devicesBefore(Timestamps.END, device, 1);
        if (next.isEmpty()) {
          break;
        }
        device = next.getFirst();
        add(device, Timestamps.MIN, limit, found);
      }
      return found;
    }

    private void add(String device, String from, int limit, List<Entry> found) {
      String start = from;
      boolean more = !start.equals(Timestamps.END);
      while (more && found.size() < limit) {
        StoredPage page = store.itemsBefore(device, start, Timestamps.END, limit - found.size());
        for (StoredItem item : page.items()) {
          byte[] json = item.json();
          found.add(new Entry(key(device, item.place()), () -> Sha256.hex(json)));
          start = Timestamps.after(item.place().timestamp());
        }
        more = page.more();
      }
    }

    @Override
    public void remove(List<String> keys) {
      Map<String, List<ItemPlace>> places = new LinkedHashMap<>();
      for (String key : keys) {
        String[] parts = parts(key);
        places
            .computeIfAbsent(parts[0], device -> new ArrayList<>())
            .add(new ItemPlace(parts[1], parts[2]));
      }
      places.forEach(store::delete);
    }

    @Override
    public void removeAt(String device, String time) {
      List<ItemPlace> places =
          store.range(device, time, time, 1, Order.ASCENDING).items().stream()
              .map(item -> new ItemPlace(item.timestamp(), item.eventId()))
              .toList();
      if (!places.isEmpty()) {
        var unused = store.delete(device, places);
      }
    }
  }

  /** Chunks. */
  private record Chunks(ObjectStore store) implements StoreContents {

    @Override
    public List<Entry> behind(String key, int limit) {
      return store.list("", key, limit).entries().stream()
          .map(entry -> new Entry(entry.key(), () -> digest(entry.key())))
          .toList();
    }

    private String digest(String key) {
      return store.info(key).map(info -> info.content().sha256()).orElse("");
    }

    @Override
    public void remove(List<String> keys) {
      keys.forEach(store::delete);
    }

    @Override
    public void removeAt(String device, String time) {
      String prefix = ChunkKey.devicePrefix(device) + time + "-" + time + "/";
      store.list(prefix, "", 100).entries().forEach(entry -> store.delete(entry.key()));
    }
  }
}
