package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;

/** The mover's way into the archive, wherever that is. */
interface ArchiveTier {

  /**
   * Has a chunk of the cold tier copied, under its own key or, where that holds other content, the
   * next free index, and the copy confirmed.
   *
   * @throws io.twinloom.functions.port.StoreException if this cloud's own store fails
   */
  Delivery deliver(ChunkKey key, Info chunk, String trace);

  /** The way that the settings say. */
  static ArchiveTier along(Route route, Ports ports) {
    return switch (route) {
      case Route.Remote remote -> new RemoteArchiveTier(remote, ports);
      case Route.Local ignored -> {
        if (!ports.archiveStore().isConfigured()) {
          throw ConfigurationError.noStore(
              "cold-to-archive-mover", "archive (or REMOTE_ARCHIVE_WRITER_URL)");
        }
        yield new LocalArchiveTier(ports.coldStore(), ports.archiveStore());
      }
    };
  }
}
