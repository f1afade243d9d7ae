package io.twinloom.functions.tier;

import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.tier.Delivery.Next;
import java.util.Optional;

/** The cold tier of the mover's own cloud. */
final class LocalColdTier implements ColdTier {

  private final ObjectStore store;
  private final boolean compressed;

  LocalColdTier(ObjectStore store, boolean compressed) {
    this.store = store;
    this.compressed = compressed;
  }

  @Override
  public boolean packs() {
    return compressed;
  }

  @Override
  public boolean fits(Chunk chunk) {
    return true;
  }

  @Override
  public double share(Chunk chunk) {
    return 1;
  }

  @Override
  public boolean holds(PlannedChunk planned) {
    ChunkKey key =
        new ChunkKey(
            planned.device(), planned.first(), planned.last(), planned.index(), compressed);
    Optional<Info> stored = store.info(key.text());
    while (stored.isPresent()) {
      if (stored.get().content().sha256().equals(planned.sha256())) {
        return store.digest(key.text()).equals(Optional.of(planned.sha256()));
      }
      key = key.withIndex(key.index() + 1);
      stored = store.info(key.text());
    }
    return false;
  }

  @Override
  public Delivery deliver(Chunk chunk, int index, String trace) {
    int free = index;
    String key = chunk.key(free, compressed).text();
    while (store.put(key, chunk.bytes(), chunk.content()) == Put.OTHER) {
      free++;
      key = chunk.key(free, compressed).text();
    }
    Optional<String> unconfirmed = StoredChunk.unconfirmed(store, key, chunk.content().sha256());
    return unconfirmed.isEmpty()
        ? new Delivery.Confirmed(key)
        : new Delivery.Left(key, unconfirmed.get(), Next.GO_ON, false);
  }
}
