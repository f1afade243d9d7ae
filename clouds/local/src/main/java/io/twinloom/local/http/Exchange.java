package io.twinloom.local.http;

import io.twinloom.functions.port.RemoteCloud.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One request and its answer, on the event loop of its connection; completes with the last byte.
 */
final class Exchange extends CompletableFuture<Answer> {
  private final RequestOptions options;
  private final byte[] body;
  private final int limit;
  private final Buffer received = Buffer.buffer();
  private boolean reusable = true;

  /**
   * @param limit the answer's body has at most so many bytes
   */
  Exchange(RequestOptions options, byte[] body, int limit) {
    this.options = options;
    this.body = body;
    this.limit = limit;
  }

  /** Whether the connection may be used on after this; known once this is complete. */
  boolean reusable() {
    return reusable;
  }

  void runOn(HttpClientConnection connection) {
    connection.request(options).onComplete(this::send, this::completeExceptionally);
  }

  private void send(HttpClientRequest request) {
    var answer = body.length == 0 ? request.send() : request.send(Buffer.buffer(body));
    answer.onComplete(this::receive, this::completeExceptionally);
  }

  private void receive(HttpClientResponse response) {
    response.exceptionHandler(this::completeExceptionally);
    response.handler(this::append);
    response.endHandler(end -> finish(response));
  }

  private void append(Buffer chunk) {
    if (received.length() + chunk.length() > limit) {
      completeExceptionally(new IOException("The answer is larger than " + limit + " bytes"));
    } else {
      received.appendBuffer(chunk);
    }
  }

  private void finish(HttpClientResponse response) {
    String connection = response.getHeader(HttpHeaders.CONNECTION);
    reusable = connection == null || !connection.equalsIgnoreCase("close");
    complete(
        new Answer(
            response.statusCode(),
            Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)),
            received.getBytes()));
  }
}
