package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;

/** The mover's way into the cold tier, wherever that is. */
interface ColdTier {

  /** Whether chunks are handed over gzipped. */
  boolean packs();

  /** Whether a chunk can be handed over at once. */
  boolean fits(Chunk chunk);

  /** The share of a chunk that is too large which could be handed over. */
  double share(Chunk chunk);

  /**
   * Hands a chunk over, at its index or the next free one, and has its copy confirmed.
   *
   * @throws io.twinloom.functions.port.StoreException if this cloud's own store fails
   */
  Delivery deliver(Chunk chunk, int index, String trace);

  /** Whether it can be seen that a planned chunk's copy is there, whole, though nobody said so. */
  boolean holds(PlannedChunk planned);

  /** The way that the settings say. */
  static ColdTier along(Route route, boolean compressed, Ports ports) {
    return switch (route) {
      case Route.Remote remote -> new RemoteColdTier(remote, compressed, ports);
      case Route.Local ignored -> {
        if (!ports.coldStore().isConfigured()) {
          throw ConfigurationError.noStore(
              "hot-to-cold-mover", "cold store (or REMOTE_COLD_WRITER_URL)");
        }
        yield new LocalColdTier(ports.coldStore(), compressed);
      }
    };
  }
}
