package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import java.util.Optional;

/** The mover's way into the cold tier, wherever that is. */
interface ColdTier {

  /** Whether chunks are sent gzipped. */
  boolean packs();

  /** Whether a chunk can be sent as a whole. */
  boolean fits(Chunk chunk);

  /** The share of a chunk that is too large which could be sent. */
  double share(Chunk chunk);

  /**
   * Sends a chunk, to its index or the next free one, and has its copy confirmed.
   *
   * @throws io.twinloom.functions.port.StoreException if this cloud's own store fails
   */
  Delivery deliver(Chunk chunk, int index, String trace);

  /**
   * Whether a planned chunk's copy can be read and is complete, though its delivery was not
   * confirmed.
   */
  boolean holds(PlannedChunk planned);

  /** The way that the settings say. */
  static ColdTier along(
      Route route, boolean compressed, Optional<ObjectStore> cold, RemoteSenders senders) {
    return switch (route) {
      case Route.Remote remote ->
          new RemoteColdTier(senders.to(remote), compressed, senders.runtime().sourceCloud());
      case Route.Local ignored ->
          new LocalColdTier(
              cold.orElseThrow(
                  () ->
                      ConfigurationError.noStore(
                          "hot-to-cold-mover", "cold store (or REMOTE_COLD_WRITER_URL)")),
              compressed);
    };
  }
}
