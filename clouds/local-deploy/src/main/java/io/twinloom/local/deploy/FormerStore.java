package io.twinloom.local.deploy;

import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.model.time.Timestamps;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store of a tier on a local cloud, as who may remove it sees it. */
sealed interface FormerStore {

  /** So many go in one transaction: new events wait for it. */
  int SLICE = 500;

  /** Whether it holds nothing. */
  boolean isEmpty();

  /** Deletes all that it holds, slice by slice. */
  void clear();

  /**
   * Deletes what another store of the tier does not hold likewise, slice by slice. Nothing may
   * write this one meanwhile, and nothing delete in the other.
   */
  void keepOnly(FormerStore other);

  /** A store of the clouds. */
  static FormerStore of(LocalClouds clouds, StoreId store) {
    LocalCloud cloud = clouds.byProvider().get(store.cloud());
    if (cloud == null) {
      throw new IllegalStateException(store.cloud() + " does not run");
    }
    return switch (store.tier()) {
      case L3_HOT -> new Items(cloud.hotStore());
      case L3_COLD -> new Chunks(cloud.coldStore());
      case L3_ARCHIVE -> new Chunks(cloud.archiveStore());
      case L1, L2, L4, L5 -> throw new IllegalArgumentException(store.tier().title());
    };
  }

  /** A hot store. */
  record Items(SqliteHotStore store) implements FormerStore {

    @Override
    public boolean isEmpty() {
      return store.counts().values().stream().allMatch(items -> items == 0);
    }

    @Override
    public void clear() {
      for (String device : List.copyOf(store.counts().keySet())) {
        StoredPage page;
        do {
          page = store.itemsBefore(device, Timestamps.MIN, Timestamps.END, SLICE);
          store.delete(device, page.items().stream().map(StoredItem::place).toList());
        } while (!page.items().isEmpty());
      }
    }

    @Override
    public void keepOnly(FormerStore other) {
      if (!(other instanceof Items current)) {
        throw new IllegalArgumentException("stores of two tiers");
      }
      for (String device : List.copyOf(store.counts().keySet())) {
        String from = Timestamps.MIN;
        StoredPage page;
        do {
          page = store.itemsBefore(device, from, Timestamps.END, SLICE);
          if (!page.items().isEmpty()) {
            String behind = Timestamps.after(page.items().getLast().place().timestamp());
            store.delete(device, current.lacking(device, page.items(), behind));
            from = behind;
          }
        } while (page.more());
      }
    }

    /** The places of those items of another store that are not here, or not likewise. */
    private List<ItemPlace> lacking(String device, List<StoredItem> items, String behind) {
      Map<ItemPlace, byte[]> here = new HashMap<>();
      String from = items.getFirst().place().timestamp();
      StoredPage page;
      do {
        page = store.itemsBefore(device, from, behind, SLICE);
        page.items().forEach(item -> here.put(item.place(), item.json()));
        if (page.more()) {
          from = Timestamps.after(page.items().getLast().place().timestamp());
        }
      } while (page.more());
      return items.stream()
          .filter(item -> !Arrays.equals(item.json(), here.get(item.place())))
          .map(StoredItem::place)
          .toList();
    }
  }

  /** The store of a colder tier. */
  record Chunks(LocalObjectStore store) implements FormerStore {

    @Override
    public boolean isEmpty() {
      return store.list("", "", 1).entries().isEmpty();
    }

    @Override
    public void clear() {
      ObjectStore.Page page;
      do {
        page = store.list("", "", SLICE);
        page.entries().forEach(entry -> store.delete(entry.key()));
      } while (!page.entries().isEmpty());
    }

    @Override
    public void keepOnly(FormerStore other) {
      if (!(other instanceof Chunks current)) {
        throw new IllegalArgumentException("stores of two tiers");
      }
      String after = "";
      ObjectStore.Page page;
      do {
        page = store.list("", after, SLICE);
        for (ObjectStore.Entry entry : page.entries()) {
          if (!content(entry.key()).equals(current.content(entry.key()))) {
            store.delete(entry.key());
          }
          after = entry.key();
        }
      } while (page.more());
    }

    private Optional<ObjectStore.Content> content(String key) {
      return store.info(key).map(ObjectStore.Info::content);
    }
  }
}
