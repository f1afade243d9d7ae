package io.twinloom.http;

import static io.twinloom.http.RawHttp.post;
import static io.twinloom.http.TestHandler.TOKEN;
import static io.twinloom.http.TestHandler.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HttpLimitsTest extends EndpointFixture {
  @Test
  void anAnnouncedOversizeIsRefusedBeforeItsBodyComes() throws IOException {
    start(small());
    RawHttp.Response response =
        exchange(
            "POST /twin-echo HTTP/1.1\r\nX-Inter-Cloud-Token: "
                + TOKEN
                + "\r\nContent-Length: 1001\r\n\r\n");
    assertThat(response.status()).isEqualTo(413);
    assertThat(error(response)).contains("1000");
    assertThat(echo.bodies).isEmpty();
  }

  @Test
  void theContractsLimitIsTheLastSizeThatPasses() throws IOException {
    start();
    String largest = "x".repeat(6_291_456);
    assertThat(exchange(post("/twin-echo", TOKEN, largest)).status()).isEqualTo(200);
    assertThat(echo.bodies.get(0)).isEqualTo(largest);
    assertThat(exchange(post("/twin-echo", TOKEN, largest + "x")).status()).isEqualTo(413);
  }

  @Test
  void anOversizeThatComesInChunksIsCountedAndTheConnectionStaysUsable() throws IOException {
    start(small());
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(
          "POST /twin-echo HTTP/1.1\r\nX-Inter-Cloud-Token: "
              + TOKEN
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 3; i++) {
        client.send("190\r\n" + "x".repeat(400) + "\r\n");
      }
      assertThat(client.read().status()).isEqualTo(413);
      client.send("0\r\n\r\n").send(post("/twin-echo", TOKEN, "{}"));
      assertThat(client.read().status()).isEqualTo(200);
    }
    assertThat(echo.bodies).containsExactly("{}");
  }

  @Test
  void whoGoesOnSendingWhatWasRefusedIsCutOff() throws IOException {
    start(small());
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send("POST /nothing HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n");
      assertThat(client.read().status()).isEqualTo(404);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  client.send(new byte[10_000]);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBodyThatComesTooSlowlyIsGivenUp() throws IOException {
    start(small(Duration.ofMillis(100), Duration.ofSeconds(20)));
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send(
          "POST /twin-echo HTTP/1.1\r\nX-Inter-Cloud-Token: "
              + TOKEN
              + "\r\nContent-Length: 9\r\n\r\n{");
      assertThat(client.read().status()).isEqualTo(408);
      assertThat(client.ended()).isTrue();
    }
    assertThat(echo.bodies).isEmpty();
  }

  @Test
  void aHeadThatNeverEndsIsGivenUp() throws IOException {
    start(small(Duration.ofSeconds(20), Duration.ofMillis(100)));
    try (RawHttp client = new RawHttp(endpoint.uri())) {
      client.send("POST /twin-echo HTTP/1.1\r\nX-Slow: ");
      assertThat(client.ended()).isTrue();
    }
  }

  @Test
  void aFunctionThatTakesLongerThanAnIdleConnectionMayIsWaitedFor() throws IOException {
    CountDownLatch idleIsOver = new CountDownLatch(1);
    handlers.put(
        "twin-slow",
        TestHandler.doing(
            (head, body) -> {
              await(idleIsOver);
              return text(200, "{\"late\":true}");
            }));
    start(small(Duration.ofMillis(50), Duration.ofMillis(50)));
    try (RawHttp slow = new RawHttp(endpoint.uri());
        RawHttp idle = new RawHttp(endpoint.uri())) {
      slow.send(post("/twin-slow", TOKEN, "{}"));
      assertThat(idle.ended()).isTrue();
      idleIsOver.countDown();
      assertThat(slow.read().status()).isEqualTo(200);
    }
  }

  @Test
  void bodiesThatDoNotFitInMemoryTogetherAreToldToComeLater() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    handlers.put(
        "twin-slow",
        TestHandler.doing(
            (head, body) -> {
              running.countDown();
              await(goOn);
              return text(200, "{}");
            }));
    start(small());
    try (RawHttp first = new RawHttp(endpoint.uri())) {
      first.send(post("/twin-slow", TOKEN, "x".repeat(900)));
      await(running);
      RawHttp.Response full = exchange(post("/twin-echo", TOKEN, "x".repeat(900)));
      assertThat(full.status()).isEqualTo(503);
      assertThat(full.headers()).containsEntry("retry-after", "1");
      assertThat(exchange(post("/twin-echo", TOKEN, "x".repeat(500))).status()).isEqualTo(200);
      goOn.countDown();
      assertThat(first.read().status()).isEqualTo(200);
    }
    assertThat(exchange(post("/twin-echo", TOKEN, "x".repeat(900))).status()).isEqualTo(200);
  }

  @Test
  void aClientThatGoesAwayGivesItsMemoryBack() throws Exception {
    start(small());
    for (int i = 0; i < 5; i++) {
      try (RawHttp client = new RawHttp(endpoint.uri())) {
        client.send(
            "POST /twin-echo HTTP/1.1\r\nX-Inter-Cloud-Token: "
                + TOKEN
                + "\r\nContent-Length: 1000\r\n\r\nx");
      }
    }
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(exchange(post("/twin-echo", TOKEN, "x".repeat(1_000))).status())
                    .isEqualTo(200));
  }

  @Test
  void moreConnectionsThanAllowedAreClosed() throws IOException {
    start(small());
    List<RawHttp> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawHttp client = new RawHttp(endpoint.uri());
      assertThat(client.send(post("/twin-echo", TOKEN, "{}")).read().status()).isEqualTo(200);
      open.add(client);
    }
    try (RawHttp further = new RawHttp(endpoint.uri())) {
      assertThat(further.ended()).isTrue();
    }
    for (RawHttp client : open) {
      client.close();
    }
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> exchange(post("/twin-echo", TOKEN, "{}")).status() == 200);
  }

  @Test
  void aLineOrHeadersThatAreTooLongAreRefused() throws IOException {
    start(small());
    assertThat(exchange(post("/twin-echo?" + "a".repeat(300), TOKEN, "{}")).status())
        .isEqualTo(414);
    assertThat(exchange("GET /twin-echo HTTP/1.1\r\nX: " + "a".repeat(3_000) + "\r\n\r\n").status())
        .isEqualTo(431);
    String many = "A: b\r\n".repeat(20);
    assertThat(exchange("GET /twin-echo HTTP/1.1\r\n" + many + "\r\n").status()).isEqualTo(431);
  }
}
