package io.twinloom.functions.tier;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.StoreException;
import java.util.Optional;

/** The look at what a store of the mover's own cloud really holds. */
final class StoredChunk {

  private StoredChunk() {}

  /**
   * Why a chunk is not whole in the store; empty where it is.
   *
   * @throws StoreException if it is not this chunk that has a fault, but the store
   */
  static Optional<String> unconfirmed(ObjectStore store, String key, String sha256) {
    try {
      return store.digest(key).filter(sha256::equals).isPresent()
          ? Optional.empty()
          : Optional.of("Its digest is not the chunk's.");
    } catch (StoreException e) {
      // A store that has the fault itself does not answer this either.
      var unused = store.info(key);
      return Optional.of("It cannot be read: " + e.what());
    }
  }
}
