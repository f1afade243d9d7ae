package io.twinloom.local.deploy;

import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.local.store.LocalObjectStore;
import io.twinloom.local.store.SqliteHotStore;
import io.twinloom.model.time.Timestamps;
import java.util.List;

/** A store of a tier on a local cloud, as who may remove it sees it. */
sealed interface FormerStore {

  /** So many go in one transaction: new events wait for it. */
  int SLICE = 500;

  /** Whether it holds nothing. */
  boolean isEmpty();

  /** Deletes all that it holds, slice by slice. */
  void clear();

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
  }
}
