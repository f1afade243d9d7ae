package io.twinloom.functions.tier;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.tier.Delivery.Next;
import java.util.Optional;

/** The archive of the mover's own cloud: the store copies by itself. */
final class LocalArchiveTier implements ArchiveTier {

  private final ObjectStore cold;
  private final ObjectStore archive;

  LocalArchiveTier(ObjectStore cold, ObjectStore archive) {
    this.cold = cold;
    this.archive = archive;
  }

  @Override
  public Delivery deliver(ChunkKey key, Info chunk, String trace) {
    ChunkKey as = key;
    while (cold.copyTo(archive, chunk.key(), as.text()) == Put.OTHER) {
      as = as.withIndex(as.index() + 1);
    }
    Optional<String> unconfirmed =
        StoredChunk.unconfirmed(archive, as.text(), chunk.content().sha256());
    return unconfirmed.isEmpty()
        ? new Delivery.Confirmed(as.text())
        : new Delivery.Left(as.text(), unconfirmed.get(), Next.GO_ON, false);
  }
}
