package io.twinloom.server.projects;

import io.twinloom.http.ResponseStream;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * The recordings that are being sent: each has a connection of its own to a device channel, so
 * there is a bound. Safe for threads.
 */
final class OpenRecordings {

  /** So many there may be at once. */
  static final int MOST = 16;

  private final Semaphore free = new Semaphore(MOST);
  private final Set<ResponseStream> streams = ConcurrentHashMap.newKeySet();

  /**
   * Counts one more, until {@link #ended}.
   *
   * @throws TwinloomException {@code TL-API-BUSY} if there are as many as there may be
   */
  void admit() {
    if (!free.tryAcquire()) {
      throw new TwinloomException(
          ServerError.API_BUSY, "There are " + MOST + " recordings already.", "recording");
    }
  }

  /** One that was admitted is sent now. */
  void opened(ResponseStream stream) {
    streams.add(stream);
  }

  /** One that was opened is over. */
  void ended(ResponseStream stream) {
    streams.remove(stream);
    free.release();
  }

  /** Ends all so that their clients see that more could have come. */
  void abort() {
    streams.forEach(ResponseStream::abort);
  }
}
