package io.twinloom.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The streams of an endpoint that are open: they end when it does. Safe for threads. */
final class OpenStreams {

  private final Set<ResponseStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Adds one, which ends at once where the endpoint has ended meanwhile. */
  void add(ResponseStream stream) {
    open.add(stream);
    if (closed) {
      stream.close();
    }
  }

  void remove(ResponseStream stream) {
    open.remove(stream);
  }

  /** Ends all. */
  void close() {
    closed = true;
    open.forEach(ResponseStream::close);
  }
}
