package io.twinloom.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.port.RemoteCloud.Answer;
import io.twinloom.testkit.contract.AnsweringServer.Seen;
import io.twinloom.testkit.patience.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request, one answer, nothing more. */
public interface RemoteCloudContract {

  /** Ample time. */
  Duration ENOUGH = Patience.LIMIT;

  /** The client. */
  RemoteCloud remote();

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 400, 401, 403, 404, 408, 413, 429, 500, 503})
  default void everyStatusIsAnAnswer(int status) throws IOException {
    try (AnsweringServer server = new AnsweringServer(AnsweringServer.of(status, new byte[0]))) {
      Answer answer = post(server.url("/"), "{}");
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.retryAfter()).isEmpty();
    }
  }

  @Test
  default void methodAddressHeadersAndBodyArePassedOn() throws Exception {
    LinkedBlockingQueue<Seen> requests = new LinkedBlockingQueue<>();
    try (AnsweringServer server =
        new AnsweringServer(
            (exchange, seen) -> {
              requests.add(seen);
              AnsweringServer.of(200, bytes("{\"ok\":true}")).answer(exchange, seen);
            })) {
      Answer answer =
          remote()
              .send(
                  "POST",
                  server.url("/plant-ingestion?code=a%26b"),
                  Map.of(
                      "Content-Type", "application/json",
                      "X-Inter-Cloud-Token", "token-1",
                      "Idempotency-Key", "key-1"),
                  bytes("{\"ü\":1}"),
                  ENOUGH);
      assertThat(answer.body()).isEqualTo(bytes("{\"ok\":true}"));
      Seen seen = requests.take();
      assertThat(seen.method()).isEqualTo("POST");
      assertThat(seen.query()).isEqualTo("code=a%26b");
      assertThat(seen.body()).isEqualTo(bytes("{\"ü\":1}"));
      assertThat(seen.headers())
          .containsEntry("content-type", "application/json")
          .containsEntry("x-inter-cloud-token", "token-1")
          .containsEntry("idempotency-key", "key-1")
          .containsEntry("content-length", "8");
    }
  }

  @Test
  default void aGetHasNoBody() throws Exception {
    LinkedBlockingQueue<Seen> requests = new LinkedBlockingQueue<>();
    try (AnsweringServer server =
        new AnsweringServer(
            (exchange, seen) -> {
              requests.add(seen);
              AnsweringServer.of(200, bytes("[]")).answer(exchange, seen);
            })) {
      remote().send("GET", server.url("/r?device_id=d"), Map.of(), new byte[0], ENOUGH);
      Seen seen = requests.take();
      assertThat(seen.method()).isEqualTo("GET");
      assertThat(seen.query()).isEqualTo("device_id=d");
      assertThat(seen.body()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "3600", "soon", "Sun, 01 Mar 2026 10:00:20 GMT"})
  default void retryAfterComesAsItIs(String header) throws IOException {
    try (AnsweringServer server =
        new AnsweringServer(AnsweringServer.of(503, new byte[0], "Retry-After", header))) {
      assertThat(post(server.url("/"), "{}").retryAfter()).contains(header);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  default void aRedirectIsNotFollowed(int status) throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (AnsweringServer server =
        new AnsweringServer(
            (exchange, seen) -> {
              requests.incrementAndGet();
              AnsweringServer.of(status, new byte[0], "Location", "/elsewhere")
                  .answer(exchange, seen);
            })) {
      assertThat(post(server.url("/"), "{}").status()).isEqualTo(status);
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  default void aServerErrorIsNotTriedAgain() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    try (AnsweringServer server =
        new AnsweringServer(
            (exchange, seen) -> {
              requests.incrementAndGet();
              AnsweringServer.of(503, new byte[0]).answer(exchange, seen);
            })) {
      post(server.url("/"), "{}");
      assertThat(requests).hasValue(1);
    }
  }

  @Test
  default void anAnswerThatDoesNotComeInTimeIsAnError() {
    LinkedBlockingQueue<AnsweringServer> self = new LinkedBlockingQueue<>();
    try (AnsweringServer server = new AnsweringServer((exchange, seen) -> self.element().hang())) {
      self.add(server);
      assertTimesOut(server.url("/"));
    }
  }

  @Test
  default void anAnswerThatDoesNotEndInTimeIsAnError() {
    LinkedBlockingQueue<AnsweringServer> self = new LinkedBlockingQueue<>();
    try (AnsweringServer server =
        new AnsweringServer(
            (exchange, seen) -> {
              exchange.sendResponseHeaders(200, 1_000);
              exchange.getResponseBody().write(new byte[10]);
              exchange.getResponseBody().flush();
              self.element().hang();
            })) {
      self.add(server);
      assertTimesOut(server.url("/"));
    }
  }

  @Test
  default void anAnswerThatBreaksOffIsAnError() {
    try (AnsweringServer server =
        new AnsweringServer(
            (exchange, seen) -> {
              exchange.sendResponseHeaders(200, 1_000);
              exchange.getResponseBody().write(new byte[10]);
              exchange.close();
            })) {
      assertThatThrownBy(() -> post(server.url("/"), "{}")).isInstanceOf(IOException.class);
    }
  }

  @Test
  default void aPortWhereNobodyListensIsAnError() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> post(URI.create("http://127.0.0.1:" + port + "/"), "{}"))
        .isInstanceOf(IOException.class);
  }

  @Test
  default void aHostThatIsNotThereIsAnError() {
    assertThatThrownBy(() -> post(URI.create("http://no-such-host.invalid/"), "{}"))
        .isInstanceOf(IOException.class);
  }

  @Test
  default void largeBodiesPassBothWays() throws IOException {
    byte[] body = new byte[6 * 1024 * 1024];
    body[body.length - 1] = 1;
    try (AnsweringServer server =
        new AnsweringServer(
            (exchange, seen) -> AnsweringServer.of(200, seen.body()).answer(exchange, seen))) {
      Answer answer = remote().send("POST", server.url("/"), Map.of(), body, ENOUGH);
      assertThat(answer.body()).isEqualTo(body);
    }
  }

  @Test
  default void manyRequestsAtOnceGetTheirOwnAnswers() throws Exception {
    try (AnsweringServer server =
            new AnsweringServer(
                (exchange, seen) -> AnsweringServer.of(200, seen.body()).answer(exchange, seen));
        ExecutorService threads = Executors.newFixedThreadPool(16)) {
      List<Callable<String>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String body = "{\"i\":" + i + "}";
        calls.add(() -> new String(post(server.url("/"), body).body(), StandardCharsets.UTF_8));
      }
      int i = 0;
      for (Future<String> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEqualTo("{\"i\":" + i + "}");
        i++;
      }
    }
  }

  private void assertTimesOut(URI url) {
    long start = System.nanoTime();
    assertThatThrownBy(
            () -> remote().send("POST", url, Map.of(), bytes("{}"), Duration.ofMillis(300)))
        .isInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(250), Patience.LIMIT);
  }

  private Answer post(URI url, String body) throws IOException {
    return remote().send("POST", url, Map.of(), bytes(body), ENOUGH);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
