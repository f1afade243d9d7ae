package io.twinloom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that go on for as long as both sides want them. */
class StreamTest extends EndpointFixture {

  private static final String LAST_CHUNK = "0\r\n\r\n";
  private static final String LARGE = "x".repeat(90_000) + "\n";

  private final LinkedBlockingQueue<ResponseStream> opened = new LinkedBlockingQueue<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private volatile boolean onEventLoop;
  private int maxWaiting = ResponseStream.MAX_WAITING;
  private int large;

  /** Answers every request with a stream. */
  private final class Streaming implements RequestHandler, StreamOpener {
    @Override
    public Optional<Response> refuse(RequestHead head) {
      return Optional.empty();
    }

    @Override
    public Response handle(RequestHead head, byte[] body) {
      onEventLoop = !Thread.currentThread().isVirtual();
      return Response.ofStream(this, failures::add);
    }

    @Override
    public String contentType() {
      return "application/x-ndjson";
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Cache-Control", "no-store");
    }

    @Override
    public int maxWaiting() {
      return maxWaiting;
    }

    @Override
    public void opened(ResponseStream stream) {
      stream.write("first\n");
      // This is the event loop, so all of them wait for it.
      for (int i = 0; i < large; i++) {
        if (!stream.write(LARGE)) {
          stream.abort();
        }
      }
      opened.add(stream);
    }
  }

  private RawHttp ask(String method, HttpLimits limits) throws IOException {
    handlers.put("stream", new Streaming());
    return new RawHttp(start(limits).uri()).send(method + " /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  private ResponseStream stream() throws InterruptedException {
    ResponseStream stream = opened.poll(60, TimeUnit.SECONDS);
    assertThat(stream).isNotNull();
    return stream;
  }

  @Test
  @Timeout(60)
  void closingEndsAnOpenStreamAtOnceAndAsAWhole() throws Exception {
    HttpLimits patient = HttpLimits.DEFAULT.toBuilder().closing(Duration.ofMinutes(5)).build();
    try (RawHttp client = ask("GET", patient)) {
      assertThat(client.read().headers()).containsEntry("content-type", "application/x-ndjson");
      ResponseStream stream = stream();
      endpoint.close();

      assertThat(client.rest()).contains("first\n").endsWith(LAST_CHUNK);
      assertThat(stream.isClosed()).isTrue();
      assertThat(stream.write("more")).isFalse();
    }
  }

  @Test
  @Timeout(60)
  void aBurstOfLargeLinesIsSentWholeWhereItsBoundIsNotReached() throws Exception {
    large = 40;
    maxWaiting = 4 * 1024 * 1024;
    handlers.put("stream", new Streaming());
    try (RawHttp client = new RawHttp(start().uri())) {
      client.send("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").read();
      stream().close();

      String rest = client.rest();
      assertThat(rest).endsWith(LAST_CHUNK);
      assertThat(rest.chars().filter(c -> c == 'x').count()).isEqualTo(40 * 90_000L);
    }
  }

  @Test
  @Timeout(60)
  void aLineThatDoesNotFitBesideWhatWaitsIsNotTaken() throws Exception {
    large = 3;
    maxWaiting = 200_000;
    try (RawHttp client = ask("GET", HttpLimits.DEFAULT)) {
      client.read();

      assertThat(client.rest()).doesNotContain(LAST_CHUNK);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
  @Timeout(60)
  void aClientOfHttp10GetsAStreamThatEndsWithItsConnection(String header) throws Exception {
    handlers.put("stream", new Streaming());
    try (RawHttp client = new RawHttp(start().uri())) {
      client.send("GET /stream HTTP/1.0\r\n" + header + "\r\n");
      RawHttp.Response head = client.read();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers()).doesNotContainKey("transfer-encoding");
      ResponseStream stream = stream();
      stream.write("second\n");
      stream.close();

      assertThat(client.rest()).isEqualTo("first\nsecond\n");
      assertThat(failures).isEmpty();
    }
  }

  @Test
  void aStreamThatFailsIsIncompleteForItsClientAndReportedOnce() throws Exception {
    try (RawHttp client = ask("GET", HttpLimits.DEFAULT)) {
      client.read();
      ResponseStream stream = stream();
      IllegalStateException why = new IllegalStateException();
      stream.fail(why);
      stream.fail(why);
      stream.close();

      assertThat(client.rest()).contains("first\n").doesNotContain(LAST_CHUNK);
      assertThat(failures).containsExactly(why);
    }
  }

  @Test
  void aStreamWhoseClientIsGoneReportsNothing() throws Exception {
    ask("GET", HttpLimits.DEFAULT).close();
    ResponseStream stream = stream();
    Awaitility.await().until(stream::isClosed);
    stream.fail(new IllegalStateException());
    exchange(RawHttp.post("/twin-echo", TestHandler.TOKEN, "{}"));

    assertThat(failures).isEmpty();
  }

  @Test
  void theHeadOfAStreamHasItsContentTypeAndNoBody() throws Exception {
    try (RawHttp client = ask("HEAD", HttpLimits.DEFAULT)) {
      RawHttp.Response head = client.read();

      assertThat(head.status()).isEqualTo(200);
      assertThat(head.headers())
          .containsEntry("content-type", "application/x-ndjson")
          .containsEntry("cache-control", "no-store");
      assertThat(stream().isClosed()).isTrue();
      endpoint.close();
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void whatMakesAStreamMayWaitForSomething() throws Exception {
    try (RawHttp client = ask("GET", HttpLimits.DEFAULT)) {
      client.read();
      assertThat(onEventLoop).isFalse();
    }
  }
}
