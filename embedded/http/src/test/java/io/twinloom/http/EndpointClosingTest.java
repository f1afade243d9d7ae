package io.twinloom.http;

import static io.twinloom.http.RawHttp.post;
import static io.twinloom.http.TestHandler.TOKEN;
import static io.twinloom.http.TestHandler.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EndpointClosingTest extends EndpointFixture {
  @Test
  void closingLetsWhatRunsEndAndTakesNothingNew() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    handlers.put(
        "twin-slow",
        TestHandler.doing(
            (head, body) -> {
              running.countDown();
              await(goOn);
              return text(200, "{\"ended\":true}");
            }));
    start();
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(post("/twin-slow", TOKEN, "{}"));
      await(running);
      Thread closing = Thread.ofPlatform().start(endpoint::close);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> exchange(post("/twin-echo", TOKEN, "{}")))
                      .isInstanceOf(IOException.class));
      goOn.countDown();
      assertThat(client.read().body()).isEqualTo("{\"ended\":true}");
      closing.join(10_000);
      assertThat(closing.isAlive()).isFalse();
    }
  }

  @Test
  void closingDoesNotWaitForAFunctionThatNeverEnds() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    handlers.put(
        "twin-hanging",
        TestHandler.doing(
            (head, body) -> {
              running.countDown();
              await(never);
              return text(200, "{}");
            }));
    start(small());
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(post("/twin-hanging", TOKEN, "{}"));
      await(running);
      endpoint.close();
      assertThat(client.ended()).isTrue();
    } finally {
      never.countDown();
    }
  }

  @Test
  void aPortThatIsTakenIsAnError() throws IOException {
    start();
    int taken = endpoint.uri().getPort();
    assertThatThrownBy(
            () ->
                HttpEndpoint.start(
                    vertx, "127.0.0.1", taken, name -> Optional.empty(), HttpLimits.DEFAULT))
        .isInstanceOf(IOException.class);
  }
}
