package io.twinloom.testkit.faults;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A proxy before a receiver that, while switched on, lets its requests fail. */
public final class FaultProxy implements AutoCloseable {

  /** What becomes of a request. */
  public enum Fault {
    /** It is passed on, and its answer back. */
    NONE,
    /** It is answered 503 and not passed on. */
    UNAVAILABLE,
    /** It is answered 500 and not passed on. */
    FAILED,
    /** It is passed on, and the connection is cut instead of its answer. */
    ANSWER_LOST,
    /** The connection is cut, and it is not passed on. */
    REFUSED,
    /** It is passed on after a while. */
    DELAYED,
    /** It is passed on; the connection is cut in the middle of the answer. */
    ANSWER_CUT
  }

  private static final Set<String> OWN_HEADERS =
      Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade");
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;
  private static final Duration DELAY = Duration.ofMillis(200);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI target;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client = HttpClient.newBuilder().executor(threads).build();
  private final AtomicLong requests = new AtomicLong();
  private volatile Supplier<Fault> faults = () -> Fault.NONE;

  private FaultProxy(URI target) throws IOException {
    this.target = target;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Starts a proxy before the receiver of this address. */
  public static FaultProxy before(URI target) throws IOException {
    FaultProxy proxy = new FaultProxy(target);
    proxy.server.start();
    return proxy;
  }

  /** The address to call instead of the receiver's. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target.getRawPath());
  }

  /** From now on requests fail in this way. */
  public void set(Fault now) {
    faults = () -> now;
  }

  /** From now on each request fails in the way that it is given; called by several threads. */
  public void set(Supplier<Fault> each) {
    faults = each;
  }

  /** Requests that came in so far. */
  public long requests() {
    return requests.get();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    Fault now = faults.get();
    byte[] body = exchange.getRequestBody().readAllBytes();
    switch (now) {
      case UNAVAILABLE -> {
        exchange.sendResponseHeaders(UNAVAILABLE, -1);
        exchange.close();
      }
      case FAILED -> {
        exchange.sendResponseHeaders(FAILED, -1);
        exchange.close();
      }
      case REFUSED -> cut(exchange);
      case ANSWER_LOST -> {
        forward(exchange, body);
        cut(exchange);
      }
      case ANSWER_CUT -> {
        HttpResponse<byte[]> answer = forward(exchange, body);
        head(exchange, answer);
        exchange.getResponseBody().write(answer.body(), 0, answer.body().length / 2);
        exchange.getResponseBody().flush();
        cut(exchange);
      }
      case DELAYED -> {
        pause();
        answer(exchange, forward(exchange, body));
      }
      case NONE -> answer(exchange, forward(exchange, body));
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    head(exchange, answer);
    if (answer.body().length > 0) {
      exchange.getResponseBody().write(answer.body());
    }
    exchange.close();
  }

  private static void head(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
    answer
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(
        answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(DELAY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The server closes a connection whose handler fails before it answered. */
  private static void cut(HttpExchange exchange) throws IOException {
    exchange.close();
    throw new IOException("cut");
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(withQuery(exchange.getRequestURI().getRawQuery()))
            .timeout(TIMEOUT)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private URI withQuery(@Nullable String query) {
    return query == null ? target : URI.create(target + "?" + query);
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
    threads.close();
  }
}
