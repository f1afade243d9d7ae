package io.twinloom.functions.tier;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.port.StoreException;

/** The writing of a chunk such that its sender may delete the original. */
final class ChunkWrite {

  private ChunkWrite() {}

  /**
   * Writes a chunk where its key is free.
   *
   * @return the digest of what the store holds, which is that of the content
   * @throws Refused as a conflict, if the key holds other content
   * @throws StoreException if the store fails, or does not hold what it was given
   */
  static String put(ObjectStore store, String key, byte[] stored, Content content) {
    return confirmed(store, key, store.put(key, stored, content), content);
  }

  /** The same for bytes that were unpacked to this content, not packed from it. */
  static String putAsSent(ObjectStore store, String key, byte[] stored, Content content) {
    Put put = store.put(key, stored, content);
    return put == Put.STORED && store.holds(key, stored, content)
        ? content.sha256()
        : confirmed(store, key, put, content);
  }

  /** The same after a write of whatever kind. */
  static String confirmed(ObjectStore store, String key, Put put, Content content) {
    if (put == Put.OTHER) {
      throw Refused.of(
          FunctionsError.CHUNK_CONFLICT,
          "The key " + key + " holds other content.",
          "Take the next index.");
    }
    String digest = store.digest(key).orElse("");
    if (!digest.equals(content.sha256())) {
      throw new StoreException(
          "The store does not hold what it was given",
          key,
          new IllegalStateException("digests differ"));
    }
    return digest;
  }
}
