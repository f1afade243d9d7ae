package io.twinloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** An endpoint of its own for each test, over event loops that the tests of a class share. */
abstract class EndpointFixture {
  static Vertx vertx;

  final Map<String, RequestHandler> handlers = new HashMap<>();
  final TestHandler echo = TestHandler.echo();
  HttpEndpoint endpoint;

  @BeforeAll
  static void startLoops() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void endLoops() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @AfterEach
  void close() {
    if (endpoint != null) {
      endpoint.close();
    }
  }

  HttpEndpoint start(HttpLimits limits) throws IOException {
    handlers.put("twin-echo", echo);
    endpoint =
        HttpEndpoint.start(
            vertx, "127.0.0.1", 0, name -> Optional.ofNullable(handlers.get(name)), limits);
    return endpoint;
  }

  HttpEndpoint start() throws IOException {
    return start(HttpLimits.DEFAULT);
  }

  static HttpLimits small(Duration receiving, Duration idle) {
    return HttpLimits.DEFAULT.toBuilder()
        .bodyBytes(1_000)
        .bodiesInMemory(1_500)
        .connections(4)
        .requestLineBytes(200)
        .headerBytes(2_000)
        .headers(10)
        .idle(idle)
        .receiving(receiving)
        .drainedBytes(10_000)
        .draining(receiving)
        .closing(Duration.ofSeconds(2))
        .build();
  }

  static HttpLimits small() {
    return small(Duration.ofSeconds(20), Duration.ofSeconds(20));
  }

  static String error(RawHttp.Response response) {
    assertThat(response.body()).startsWith("{\"error\":\"").endsWith("\"}");
    return response.body().substring(10, response.body().length() - 2);
  }

  RawHttp.Response exchange(String request) throws IOException {
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      return client.send(request).read();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
