package io.twinloom.local.http;

import static io.twinloom.local.http.ScriptedServer.CLOSE;
import static io.twinloom.local.http.ScriptedServer.SILENCE;
import static io.twinloom.local.http.ScriptedServer.ok;
import static io.twinloom.local.http.TestReceiver.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.port.RemoteCloud.Answer;
import io.twinloom.testkit.contract.RemoteCloudContract;
import io.twinloom.testkit.patience.Patience;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VertxRemoteCloudTest implements RemoteCloudContract {
  private static final Duration LONG = Patience.LIMIT;
  private static Vertx vertx;

  private ScriptedServer server;
  private VertxRemoteCloud cloud;

  @BeforeAll
  static void startLoops() {
    vertx = EventLoops.start();
  }

  @AfterAll
  static void endLoops() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void open() throws IOException {
    server = new ScriptedServer();
    cloud = new VertxRemoteCloud(vertx);
  }

  @AfterEach
  void close() throws IOException {
    cloud.close();
    server.close();
  }

  @Override
  public RemoteCloud remote() {
    return cloud;
  }

  private Answer post(String path, String body, Duration timeout) throws IOException {
    return cloud.send(
        "POST",
        server.uri(path),
        Map.of("X-Inter-Cloud-Token", TOKEN, "Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8),
        timeout);
  }

  private static String body(Answer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void aRequestArrivesAsItWasGiven() throws IOException {
    server.answer(ok("{\"status\":\"Success\"}"));
    Answer answer = post("/twin-hot-writer?x=%20y", "{\"ü\":1}", LONG);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.retryAfter()).isEmpty();
    assertThat(body(answer)).isEqualTo("{\"status\":\"Success\"}");
    assertThat(server.requests.get(0))
        .startsWith("POST /twin-hot-writer?x=%20y HTTP/1.1\r\n")
        .containsIgnoringCase("host: 127.0.0.1:" + server.uri("").getPort() + "\r\n")
        .containsIgnoringCase("X-Inter-Cloud-Token: " + TOKEN + "\r\n")
        .containsIgnoringCase("Content-Length: 8\r\n")
        .endsWith("\r\n\r\n{\"ü\":1}");
  }

  @Test
  void anErrorIsAnAnswerTooWithItsTimeToWait() throws IOException {
    server
        .answer("HTTP/1.1 503 x\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\n{}")
        .answer(
            "HTTP/1.1 429 x\r\n"
                + "Retry-After: Sun, 01 Mar 2026 10:00:20 GMT\r\n"
                + "Content-Length: 0\r\n\r\n");
    assertThat(post("/f", "{}", LONG))
        .extracting(Answer::status, Answer::retryAfter)
        .containsExactly(503, Optional.of("7"));
    assertThat(post("/f", "{}", LONG).retryAfter()).contains("Sun, 01 Mar 2026 10:00:20 GMT");
  }

  @Test
  void requestsInARowUseOneConnection() throws IOException {
    for (int i = 0; i < 20; i++) {
      server.answer(ok("{\"n\":" + i + "}"));
      assertThat(body(post("/f", "{}", LONG))).isEqualTo("{\"n\":" + i + "}");
    }
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void anAnswerInChunksArrivesWhole() throws IOException {
    server
        .answer(
            "HTTP/1.1 200 OK\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + "3\r\n"
                + "abc\r\n"
                + "4\r\n"
                + "defg\r\n"
                + "0\r\n\r\n")
        .answer(ok("next"));
    assertThat(body(post("/f", "{}", LONG))).isEqualTo("abcdefg");
    assertThat(body(post("/f", "{}", LONG))).isEqualTo("next");
  }

  @Test
  void aServerThatAnnouncesTheEndOfTheConnectionGetsANewOne() throws IOException {
    server
        .answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        .answer(ok("again"));
    assertThat(post("/f", "{}", LONG).status()).isEqualTo(200);
    assertThat(body(post("/f", "{}", LONG))).isEqualTo("again");
    assertThat(server.connections).hasValue(2);
  }

  @Test
  void aKeptConnectionThatBreaksIsAnErrorAndNothingIsSentAgain() throws IOException {
    server.answer(ok("first")).answer(CLOSE).answer(ok("third"));
    assertThat(body(post("/f", "1", LONG))).isEqualTo("first");
    assertThatThrownBy(() -> post("/f", "2", LONG)).isInstanceOf(IOException.class);
    assertThat(server.requests).hasSize(2);
    assertThat(body(post("/f", "3", LONG))).isEqualTo("third");
    assertThat(server.requests.get(2)).endsWith("3");
  }

  @Test
  void whatIsNotHttpIsAnError() {
    server.answer("nonsense\r\n\r\n");
    assertThatThrownBy(() -> post("/f", "{}", LONG)).isInstanceOf(IOException.class);
  }

  @Test
  void silenceIsAnErrorOnceTheTimeIsOver() throws IOException {
    server.answer(ok("connected")).answer(SILENCE);
    post("/f", "{}", LONG);
    assertThatThrownBy(() -> post("/f", "{}", Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("300 ms");
  }

  @Test
  void theTimeCountsToTheLastByteOfTheAnswer() throws IOException {
    server.answer(ok("connected")).answer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    post("/f", "{}", LONG);
    assertThatThrownBy(() -> post("/f", "{}", Duration.ofMillis(300)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("300 ms");
    server.answer(ok("next"));
    assertThat(body(post("/f", "{}", LONG))).as("the late rest harms nobody").isEqualTo("next");
  }

  @Test
  void anAnswerOverTheLimitIsAnError() throws IOException {
    int limit = VertxRemoteCloud.MAX_ANSWER_BYTES;
    server.answer(ok("x".repeat(limit))).answer(ok("x".repeat(limit + 1)));
    assertThat(post("/f", "{}", LONG).body()).hasSize(limit);
    assertThatThrownBy(() -> post("/f", "{}", LONG))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(limit));
  }

  @Test
  void anAddressThatIsNotOfHttpIsAnError() {
    for (String address : List.of("ftp://127.0.0.1/f", "http:///f", "/f")) {
      assertThatThrownBy(() -> cloud.send("POST", URI.create(address), Map.of(), new byte[0], LONG))
          .as(address)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHeaderThatHttpForbidsIsAnErrorThatDoesNotShowIt() {
    assertThatThrownBy(
            () ->
                cloud.send(
                    "POST",
                    server.uri("/f"),
                    Map.of("X-Inter-Cloud-Token", "se\ncret"),
                    new byte[0],
                    LONG))
        .isInstanceOf(IOException.class)
        .hasNoCause()
        .message()
        .doesNotContain("cret");
  }

  @Test
  void anInterruptedCallerGetsAnError() throws Exception {
    server.answer(SILENCE);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    post("/f", "{}", LONG);
                  } catch (IOException e) {
                    failure.set(e);
                  }
                });
    Awaitility.await().until(() -> server.requests.size() == 1);
    caller.interrupt();
    caller.join();
    assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
  }

  private static FunctionEndpoint endpoint(TestReceiver receiver) {
    return FunctionEndpoint.start(vertx, "127.0.0.1", 0, name -> Optional.of(receiver));
  }

  private Answer ask(FunctionEndpoint endpoint, String body, Duration timeout) throws IOException {
    return cloud.send(
        "POST",
        URI.create(endpoint.uri() + "/f"),
        Map.of("X-Inter-Cloud-Token", TOKEN),
        body.getBytes(StandardCharsets.UTF_8),
        timeout);
  }

  @Test
  void manyCallersAtOnceEachGetTheirOwnAnswer() throws Exception {
    try (FunctionEndpoint endpoint = endpoint(TestReceiver.echo());
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 3 * VertxRemoteCloud.MAX_CONNECTIONS; i++) {
        int caller = i;
        all.add(
            callers.submit(
                () -> {
                  boolean right = true;
                  for (int n = 0; n < 10; n++) {
                    String text = "{\"caller\":" + caller + ",\"n\":" + n + "}";
                    right &= body(ask(endpoint, text, LONG)).equals(text);
                  }
                  return right;
                }));
      }
      for (Future<Boolean> one : all) {
        assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void waitingForAFreeConnectionCountsAgainstTheTime() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch allRun = new CountDownLatch(VertxRemoteCloud.MAX_CONNECTIONS);
    TestReceiver slow =
        TestReceiver.doing(
            (head, body) -> {
              allRun.countDown();
              try {
                assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return TestReceiver.text(200, "{}");
            });
    try (FunctionEndpoint endpoint = endpoint(slow);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> all = new ArrayList<>();
      for (int i = 0; i < VertxRemoteCloud.MAX_CONNECTIONS; i++) {
        all.add(callers.submit(() -> ask(endpoint, "{}", LONG.multipliedBy(2))));
      }
      assertThat(allRun.await(60, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> ask(endpoint, "{}", Duration.ofMillis(50)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("connection");
      goOn.countDown();
      for (Future<Answer> one : all) {
        assertThat(one.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aRefusalComesThroughAlsoWhereTheBodyWasLarge() throws IOException {
    try (FunctionEndpoint endpoint = endpoint(TestReceiver.echo())) {
      String large = "x".repeat(7_000_000);
      assertThat(ask(endpoint, large, LONG).status()).isEqualTo(413);
      assertThat(ask(endpoint, "{}", LONG).status()).isEqualTo(200);
    }
  }
}
