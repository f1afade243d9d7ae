package io.twinloom.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An answer that goes on for as long as both sides want it. It holds a bounded number of bytes for
 * a client that reads slowly: what does not fit is not taken, and its writer decides what to leave
 * out. Safe for threads.
 */
public final class ResponseStream {

  /** So many bytes may wait for a client. */
  public static final int MAX_WAITING = 256 * 1024;

  private final Context context;
  private final HttpServerResponse response;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicReference<Optional<Runnable>> closing =
      new AtomicReference<>(Optional.empty());
  private volatile boolean closed;

  private ResponseStream(Context context, HttpServerResponse response) {
    this.context = context;
    this.response = response;
  }

  /** Sends the head of an answer, and gives the stream to what fills it. */
  static void open(Vertx vertx, HttpServerRequest request, StreamOpener opener) {
    HttpServerResponse response = request.response();
    ResponseStream stream = new ResponseStream(vertx.getOrCreateContext(), response);
    response.setChunked(true);
    response.putHeader(HttpHeaders.CONTENT_TYPE, opener.contentType());
    opener.headers().forEach(response::putHeader);
    response.closeHandler(gone -> stream.ended());
    response.exceptionHandler(broken -> stream.ended());
    var unused = response.writeHead();
    opener.opened(stream);
  }

  /**
   * Sends text, unless the client is gone or has not read enough of what was sent before.
   *
   * @return whether it was taken
   */
  public boolean write(String text) {
    int bytes = 3 * text.length();
    if (closed || waiting.get() > 0 && waiting.get() + bytes > MAX_WAITING) {
      return false;
    }
    waiting.addAndGet(bytes);
    context.runOnContext(
        now -> {
          if (closed) {
            return;
          }
          var unused = response.write(text).onComplete(sent -> waiting.addAndGet(-bytes));
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
    context.runOnContext(
        now -> {
          if (!closed) {
            var unused = response.end();
            ended();
          }
        });
  }

  private void ended() {
    closed = true;
    runClosing();
  }

  private void runClosing() {
    closing.getAndSet(Optional.empty()).ifPresent(Runnable::run);
  }
}
