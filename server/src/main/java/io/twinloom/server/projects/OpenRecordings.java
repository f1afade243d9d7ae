package io.twinloom.server.projects;

import io.twinloom.http.ResponseStream;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.StreamLimit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recordings that are being sent: each has a connection of its own to a device channel, so
 * there is a bound. Safe for threads.
 */
final class OpenRecordings {

  /** So many there may be at once. */
  static final int MOST = 16;

  private static final String WHERE = "/recording";

  private final StreamLimit limit = new StreamLimit(MOST, "recordings", WHERE);
  private final Set<ResponseStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean aborted;

  /**
   * Counts one more, until {@link #ended}.
   *
   * @throws TwinloomException {@code TL-API-BUSY} if there are as many as there may be, or the
   *     server ends
   */
  void admit() {
    if (aborted) {
      throw new TwinloomException(ServerError.API_BUSY, "The server ends.", WHERE);
    }
    limit.admit();
  }

  /** One that was admitted is sent now, unless all were aborted meanwhile. */
  void opened(ResponseStream stream) {
    streams.add(stream);
    if (aborted) {
      stream.abort();
    }
  }

  /** One that was opened is over. */
  void ended(ResponseStream stream) {
    streams.remove(stream);
    limit.release();
  }

  /** Ends all so that their clients see that more could have come; there are no others then. */
  void abort() {
    aborted = true;
    streams.forEach(ResponseStream::abort);
  }
}
