package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Info;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import java.util.Optional;

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
  static ArchiveTier along(
      Route route, ObjectStore cold, Optional<ObjectStore> archive, RemoteSenders senders) {
    return switch (route) {
      case Route.Remote remote ->
          new RemoteArchiveTier(senders.to(remote), cold, senders.runtime().sourceCloud());
      case Route.Local ignored ->
          new LocalArchiveTier(
              cold,
              archive.orElseThrow(
                  () ->
                      ConfigurationError.noStore(
                          "cold-to-archive-mover", "archive (or REMOTE_ARCHIVE_WRITER_URL)")));
    };
  }
}
