package io.twinloom.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.http.HostedFunction;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.http.RawHttp.Response;
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

  final Map<String, HostedFunction> functions = new HashMap<>();
  final TestReceiver echo = TestReceiver.echo();
  FunctionEndpoint endpoint;

  @BeforeAll
  static void startLoops() {
    vertx = EventLoops.start();
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

  FunctionEndpoint start(EndpointLimits limits) {
    functions.put("twin-echo", echo);
    endpoint =
        FunctionEndpoint.start(
            vertx, "127.0.0.1", 0, name -> Optional.ofNullable(functions.get(name)), limits);
    return endpoint;
  }

  FunctionEndpoint start() {
    return start(EndpointLimits.defaults());
  }

  static EndpointLimits small(Duration receiving, Duration idle) {
    return new EndpointLimits(
        1_000, 1_500, 4, 200, 2_000, 10, idle, receiving, 10_000, receiving, Duration.ofSeconds(2));
  }

  static EndpointLimits small() {
    return small(Duration.ofSeconds(20), Duration.ofSeconds(20));
  }

  static String error(Response response) {
    return ((JsonObject) Json.parseObject(response.body().getBytes())).text("error").orElseThrow();
  }

  Response exchange(String request) throws IOException {
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      return client.send(request).read();
    }
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
