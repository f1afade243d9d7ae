package io.twinloom.local.http;

import io.twinloom.functions.port.RemoteCloud.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, on the event loop of its connection; completes with the last byte.
 */
final class Exchange extends CompletableFuture<Answer> {
  private final byte[] body;
  private final int limit;
  private final Buffer received = Buffer.buffer();
  private volatile @Nullable HttpClientRequest started;

  /**
   * @param limit the answer's body has at most so many bytes
   */
  Exchange(byte[] body, int limit) {
    this.body = body;
    this.limit = limit;
  }

  void runOn(HttpClientAgent client, RequestOptions options) {
    client.request(options).onComplete(this::send, this::completeExceptionally);
  }

  /** Whether it has a connection, so that its server may have it. */
  boolean hasConnection() {
    return started != null;
  }

  /** Ends it where its caller waits no longer: what is left of it would come to the next one. */
  void abandon(IOException why) {
    completeExceptionally(why);
    HttpClientRequest request = started;
    if (request != null) {
      var unused = request.reset();
    }
  }

  private void send(HttpClientRequest request) {
    started = request;
    // Without one, Vert.x writes what breaks it to the standard error of the twin.
    request.exceptionHandler(this::completeExceptionally);
    if (isDone()) {
      var unused = request.reset();
      return;
    }
    var answer = body.length == 0 ? request.send() : request.send(Buffer.buffer(body));
    answer.onComplete(this::receive, this::completeExceptionally);
  }

  private void receive(HttpClientResponse response) {
    response.exceptionHandler(this::completeExceptionally);
    response.handler(this::append);
    response.endHandler(end -> finish(response));
  }

  private void append(Buffer chunk) {
    if (isDone()) {
      return;
    }
    if (received.length() + chunk.length() > limit) {
      abandon(new IOException("The answer is larger than " + limit + " bytes"));
    } else {
      received.appendBuffer(chunk);
    }
  }

  private void finish(HttpClientResponse response) {
    complete(
        new Answer(
            response.statusCode(),
            Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)),
            received.getBytes()));
  }
}
