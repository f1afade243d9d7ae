package io.twinloom.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * An answer that goes on for as long as both sides want it. It holds a bounded number of bytes for
 * a client that reads slowly: what does not fit is not taken, and its writer decides what to leave
 * out. Safe for threads.
 */
public final class ResponseStream {

  /** So many bytes may wait for a client, unless its opener says otherwise. */
  public static final int MAX_WAITING = 256 * 1024;

  private final Context context;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final int maxWaiting;
  private final Consumer<Throwable> failures;
  private final Consumer<ResponseStream> over;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicReference<Optional<Runnable>> closing =
      new AtomicReference<>(Optional.empty());
  private volatile boolean closed;

  /**
   * @param maxWaiting so many bytes may wait for the client
   * @param failures takes why it fails
   * @param over is called once it has ended, on its event loop
   */
  ResponseStream(
      Context context,
      HttpServerRequest request,
      int maxWaiting,
      Consumer<Throwable> failures,
      Consumer<ResponseStream> over) {
    this.context = context;
    this.request = request;
    this.response = request.response();
    this.maxWaiting = maxWaiting;
    this.failures = failures;
    this.over = over;
  }

  /**
   * Sends the head of an answer, and gives the stream to what fills it. Called on its event loop.
   */
  void open(Response head, StreamOpener opener) {
    if (response.closed()) {
      // That was before there was a handler for it.
      ended();
    } else {
      try {
        sendHead(head);
      } catch (RuntimeException e) {
        fail(e);
      }
    }
    try {
      opener.opened(this);
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void sendHead(Response head) {
    response.closeHandler(gone -> ended());
    response.exceptionHandler(broken -> ended());
    response.setStatusCode(head.status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, head.contentType());
    head.headers().forEach(response::putHeader);
    // Does nothing for HTTP/1.0.
    response.setChunked(true);
    if (request.method() == HttpMethod.HEAD) {
      var unused = response.end();
      ended();
    } else if (endsWithConnection()) {
      // A head alone is refused there as long as nothing says how long the body is.
      var unused = response.write(Buffer.buffer());
    } else {
      var unused = response.writeHead();
    }
  }

  /** HTTP/1.0 has no chunks: a body without a length is over when its connection is. */
  private boolean endsWithConnection() {
    return request.version() == HttpVersion.HTTP_1_0;
  }

  /**
   * Sends text, unless the client is gone or has not read enough of what was sent before.
   *
   * @return whether it was taken
   */
  public boolean write(String text) {
    if (closed) {
      return false;
    }
    Buffer encoded = Buffer.buffer(text);
    int bytes = encoded.length();
    if (waiting.get() > 0 && waiting.get() + bytes > maxWaiting) {
      return false;
    }
    waiting.addAndGet(bytes);
    context.runOnContext(
        now -> {
          if (closed) {
            return;
          }
          var unused = response.write(encoded).onComplete(sent -> waiting.addAndGet(-bytes));
        });
    return true;
  }

  /** Whether nothing that was taken waits for the client any more. */
  public boolean isDrained() {
    return waiting.get() == 0;
  }

  public boolean isClosed() {
    return closed;
  }

  /** Has this done once when the stream ends, from either side; at once where it has. */
  public void onClose(Runnable what) {
    closing.set(Optional.of(what));
    if (closed) {
      runClosing();
    }
  }

  /** Ends the stream. */
  public void close() {
    whereOpen(
        () -> {
          Future<Void> end = response.end();
          if (endsWithConnection()) {
            var unused = end.onComplete(sent -> request.connection().close());
          }
        });
  }

  /** Ends the stream so that its client sees that there should have been more. */
  public void abort() {
    abort(() -> {});
  }

  /** The same, for a reason that is reported where the stream had not ended before. */
  public void fail(Throwable why) {
    abort(() -> failures.accept(why));
  }

  private void abort(Runnable before) {
    whereOpen(
        () -> {
          before.run();
          // The end of a chunked body is never sent.
          var unused = response.reset();
        });
  }

  /** Ends it so, unless it has ended: then its event loop may have ended, too. */
  private void whereOpen(Runnable end) {
    if (!closed) {
      context.runOnContext(
          now -> {
            if (!closed) {
              end.run();
              ended();
            }
          });
    }
  }

  private void ended() {
    if (!closed) {
      closed = true;
      over.accept(this);
    }
    runClosing();
  }

  private void runClosing() {
    closing.getAndSet(Optional.empty()).ifPresent(Runnable::run);
  }
}
