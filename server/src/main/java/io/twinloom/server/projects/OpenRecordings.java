package io.twinloom.server.projects;

import io.twinloom.http.ResponseStream;
import io.twinloom.model.TwinloomException;
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

  private final StreamLimit limit = new StreamLimit(MOST, "recordings", "/recording");
  private final Set<ResponseStream> streams = ConcurrentHashMap.newKeySet();

  /**
   * Counts one more, until {@link #ended}.
   *
   * @throws TwinloomException {@code TL-API-BUSY} if there are as many as there may be
   */
  void admit() {
    limit.admit();
  }

  /** One that was admitted is sent now. */
  void opened(ResponseStream stream) {
    streams.add(stream);
  }

  /** One that was opened is over. */
  void ended(ResponseStream stream) {
    streams.remove(stream);
    limit.release();
  }

  /** Ends all so that their clients see that more could have come. */
  void abort() {
    streams.forEach(ResponseStream::abort);
  }
}
