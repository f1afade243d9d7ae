package io.twinloom.local.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpConnectOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connections to one origin: as many as requests run at once, up to a limit; the one used last
 * is used next, so that those not needed grow old. Vert.x has a pool of its own; this one hands a
 * connection to a virtual thread without a turn on an event loop, which is a sixth of a request.
 */
final class OriginConnections {

  /** An open connection, and the context of the event loop that it lives on. */
  static final class Held {
    final HttpClientConnection connection;
    final Context context;
    private volatile boolean open = true;
    private volatile long idleSince;

    Held(HttpClientConnection connection, Context context) {
      this.connection = connection;
      this.context = context;
    }

    void close() {
      open = false;
      var unused = connection.close();
    }
  }

  private final HttpClientAgent client;
  private final Origin origin;
  private final long keepNanos;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Held> idle = new ConcurrentLinkedDeque<>();

  OriginConnections(HttpClientAgent client, Origin origin, int limit, long keepNanos) {
    this.client = client;
    this.origin = origin;
    this.keepNanos = keepNanos;
    this.permits = new Semaphore(limit);
  }

  /**
   * A connection for one request; blocks until one is free.
   *
   * @throws IOException if there is none before the deadline (of {@link System#nanoTime})
   */
  Held take(long deadline) throws IOException {
    try {
      if (!permits.tryAcquire()
          && !permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new IOException("No connection became free in time");
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    for (Held held; (held = idle.pollFirst()) != null; ) {
      if (held.open && System.nanoTime() - held.idleSince < keepNanos) {
        return held;
      }
      held.close();
    }
    try {
      return connect(deadline);
    } catch (IOException | RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  /** The connection has done its request, and may do another. */
  void giveBack(Held held) {
    if (held.open) {
      held.idleSince = System.nanoTime();
      idle.addFirst(held);
    }
    permits.release();
  }

  /** The connection is of no more use. */
  void discard(Held held) {
    held.close();
    permits.release();
  }

  private Held connect(long deadline) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    CompletableFuture<Held> made = new CompletableFuture<>();
    client
        .connect(
            new HttpConnectOptions()
                .setHost(origin.host())
                .setPort(origin.port())
                .setSsl(origin.encrypted())
                .setConnectTimeout(Math.max(1, millis)))
        .onComplete(result -> connected(result.result(), result.cause(), made));
    try {
      return made.get(Math.max(1, millis), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException("No connection could be made: " + reason(e), e);
    } catch (TimeoutException e) {
      // Once it is there after all, nobody wants it.
      made.thenAccept(Held::close);
      throw new IOException("No connection could be made in time", e);
    } catch (InterruptedException e) {
      made.thenAccept(Held::close);
      throw interrupted();
    }
  }

  private void connected(
      HttpClientConnection connection, Throwable failure, CompletableFuture<Held> made) {
    if (failure != null) {
      made.completeExceptionally(failure);
      return;
    }
    Held held = new Held(connection, Vertx.currentContext());
    // What breaks it fails the exchange that is on it; Vert.x would also log it, with its bytes.
    connection.exceptionHandler(broken -> held.close());
    connection.closeHandler(
        closed -> {
          held.open = false;
          idle.remove(held);
        });
    made.complete(held);
  }

  /** What a failed future failed with. */
  static String reason(ExecutionException e) {
    Throwable failure = e.getCause() == null ? e : e.getCause();
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("Interrupted while waiting for the answer");
  }
}
