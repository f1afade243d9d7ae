package io.twinloom.server.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.http.HttpEndpoint;
import io.twinloom.http.HttpLimits;
import io.twinloom.json.JsonObject;
import io.twinloom.server.http.AccessGuard;
import io.twinloom.server.http.Router;
import io.twinloom.server.http.Routes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A client that does not read costs no memory beyond a limit, and learns that it has missed some.
 */
class EventHubTest {

  private static final int LARGE = 200_000;

  @Test
  @Tag("full")
  @DisplayName("a client opens a stream of live events and does not read it")
  void whoDoesNotReadIsToldToReadAllAgain() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Topic large =
        new Topic(
            "large",
            EventHub.STEP,
            false,
            () ->
                Optional.of(
                    JsonObject.builder()
                        .put("n", looks.incrementAndGet())
                        .put("filling", "x".repeat(LARGE))
                        .build()));
    EventHub hub =
        new EventHub("boot", "hall", List.of(large), InstantSource.system(), (topic, why) -> {});
    try (Served served = new Served(hub);
        Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4_096);
      slow.connect(new InetSocketAddress("127.0.0.1", served.port()));
      ask(slow, "large");
      // The system's own buffers take some megabytes before anything waits here.
      await().until(() -> looks.get() >= 60);

      String read = until(slow.getInputStream(), "event: resync");
      assertThat(read).contains("\"reason\":\"too slow\"");
      int taken = read.split("event: large", -1).length - 1;
      assertThat(taken).isLessThan(looks.get());
    }
  }

  @Test
  void aTopicThatFailsIsReportedOnceAndTheOthersGoOn() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    Topic failing =
        new Topic(
            "failing",
            EventHub.STEP,
            false,
            () -> {
              if (looks.incrementAndGet() < 3) {
                throw new IllegalStateException("a fault");
              }
              return Optional.of(JsonObject.EMPTY);
            });
    Topic other = new Topic("other", EventHub.STEP, false, () -> Optional.of(JsonObject.EMPTY));
    Queue<String> failures = new ConcurrentLinkedQueue<>();
    EventHub hub =
        new EventHub(
            "boot",
            "hall",
            List.of(failing, other),
            InstantSource.system(),
            (topic, why) -> failures.add(topic + " " + why.getMessage()));
    try (Served served = new Served(hub);
        Socket client = new Socket("127.0.0.1", served.port())) {
      client.setSoTimeout(20_000);
      ask(client, "failing,other");

      assertThat(until(client.getInputStream(), "event: failing")).contains("event: other");
      assertThat(failures).containsExactly("failing a fault");
    }
  }

  private static void ask(Socket client, String topics) throws IOException {
    client
        .getOutputStream()
        .write(
            ("GET /events?topics=" + topics + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  /** A hub behind an address. */
  private static final class Served implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final EventHub hub;
    private final HttpEndpoint endpoint;

    Served(EventHub hub) throws IOException {
      this.hub = hub;
      Routes routes = new Routes();
      new EventRoutes(Map.of("hall", hub)).addTo(routes);
      Router router =
          new Router(routes.list(), new AccessGuard(Optional.empty()), () -> "id", failure -> {});
      endpoint =
          HttpEndpoint.start(
              vertx,
              "127.0.0.1",
              0,
              name -> Optional.of(router),
              HttpLimits.DEFAULT,
              router::error);
    }

    int port() {
      return endpoint.uri().getPort();
    }

    @Override
    public void close() {
      hub.close();
      endpoint.close();
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** What comes up to a word and a little more. */
  private static String until(InputStream in, String word) throws Exception {
    StringBuilder read = new StringBuilder();
    byte[] piece = new byte[64 * 1024];
    int more = 4;
    for (int n; more > 0 && (n = in.read(piece)) > 0; ) {
      read.append(new String(piece, 0, n, StandardCharsets.UTF_8));
      more -= read.indexOf(word) >= 0 ? 1 : 0;
    }
    return read.toString();
  }
}
