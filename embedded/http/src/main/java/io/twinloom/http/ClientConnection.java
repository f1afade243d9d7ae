package io.twinloom.http;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A connection to an endpoint, and what it has been doing since when. */
final class ClientConnection {

  /** What happens on a connection: of its requests, which may come in a row, one at a time. */
  enum Phase {
    /** No request, or a head that is not whole yet. */
    IDLE,
    /** The body of a request comes in. */
    RECEIVING,
    /** A handler works. */
    RUNNING,
    /** A stream is sent for as long as both sides want it. */
    STREAMING,
    /** The body of a request that is answered already still comes in. */
    DRAINING
  }

  private record State(Phase phase, long sinceNanos, @Nullable HttpServerRequest receiving) {}

  /** A handler bounds its own time; this ends one that does not. */
  private static final Duration RUNNING = Duration.ofDays(1);

  private final HttpConnection connection;
  private volatile State state;

  ClientConnection(HttpConnection connection, long nowNanos) {
    this.connection = connection;
    this.state = new State(Phase.IDLE, nowNanos, null);
  }

  void enter(Phase phase, long nowNanos) {
    state = new State(phase, nowNanos, null);
  }

  /** The body of this request comes in from now on. */
  void receive(HttpServerRequest request, long nowNanos) {
    state = new State(Phase.RECEIVING, nowNanos, request);
  }

  /**
   * Closes it where it has been idle, receiving, draining or running for longer than it may. A
   * stream has no such time: it lasts for as long as both sides want it.
   */
  void closeWhereSlow(HttpLimits limits, UnaryOperator<Response> errors, long nowNanos) {
    State now = state;
    Optional<Duration> limit =
        switch (now.phase) {
          case IDLE -> Optional.of(limits.head().idle());
          case RECEIVING -> Optional.of(limits.body().receiving());
          case DRAINING -> Optional.of(limits.drained().time());
          case RUNNING -> Optional.of(RUNNING);
          case STREAMING -> Optional.empty();
        };
    if (limit.isPresent() && nowNanos - now.sinceNanos > limit.get().toNanos()) {
      if (now.receiving != null) {
        StandardResponses.send(now.receiving, errors.apply(StandardResponses.TOO_SLOW));
      }
      close();
    }
  }

  /**
   * What came could not be read any further, and the connection is closed: who sends a body gets an
   * answer before.
   *
   * @param errors how the endpoint words a response of its own
   */
  void broken(Throwable why, UnaryOperator<Response> errors) {
    if (why instanceof IOException) {
      return;
    }
    HttpServerRequest request = state.receiving;
    if (request != null) {
      StandardResponses.send(request, errors.apply(StandardResponses.malformed(why)));
    }
    // Vert.x closes next, and what it has not flushed by then would be lost, an answer that was
    // given before the rest of the body too: it has no public way.
    if (connection instanceof VertxConnection written) {
      written.flush();
    }
  }

  void close() {
    var unused = connection.close();
  }
}
