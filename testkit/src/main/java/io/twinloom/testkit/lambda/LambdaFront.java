package io.twinloom.testkit.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.testkit.lambda.RuntimeApi.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lambda's Invoke: calls that wait, and asynchronous ones, which are tried again and go to the
 * on-failure destination in the end.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaFront implements AutoCloseable {
  private static final String BASE = "/2015-03-31/functions/";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  /** A function that is deployed. */
  @FunctionalInterface
  public interface Function {
    Outcome run(String arn, byte[] event);
  }

  /**
   * What the on-failure destination is given.
   *
   * @param error the function's last
   */
  public record Failure(String function, byte[] event, byte[] error, int attempts) {}

  private final HttpServer server;
  private final ScheduledExecutorService later;
  private final Map<String, Function> functions = new ConcurrentHashMap<>();
  private final List<Duration> gaps;
  private final Consumer<Failure> destination;

  /**
   * @param gaps before the second, the third ... attempt
   * @param destination what becomes of events that failed each time
   */
  public LambdaFront(List<Duration> gaps, Consumer<Failure> destination) {
    this.gaps = List.copyOf(gaps);
    this.destination = destination;
    this.later = new ScheduledThreadPoolExecutor(8, task -> new Thread(task, "lambda-later"));
    try {
      Class.forName(RuntimeApi.class.getName()); // It sets how the platform's server answers.
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException | ClassNotFoundException e) {
      throw new UncheckedIOException(new IOException(e));
    }
    server.createContext(BASE, this::invoke);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Adds a function by its name on AWS. */
  public void deploy(String name, Function function) {
    functions.put(name, function);
  }

  /** Removes one. */
  public void remove(String name) {
    functions.remove(name);
  }

  private void invoke(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] event = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().add("x-amzn-RequestId", UUID.randomUUID().toString());
      String path = exchange.getRequestURI().getRawPath().substring(BASE.length());
      String name = URLDecoder.decode(path.substring(0, path.indexOf('/')), StandardCharsets.UTF_8);
      String called = name.substring(name.lastIndexOf(':') + 1);
      Function function = functions.get(called);
      if (function == null) {
        unknown(exchange, called);
      } else if ("Event".equals(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"))) {
        later.execute(() -> attempt(called, function, event, 1));
        exchange.sendResponseHeaders(ACCEPTED, -1);
      } else {
        answer(exchange, function.run(arn(called), event));
      }
    }
  }

  private void attempt(String name, Function function, byte[] event, int attempt) {
    Outcome outcome = function.run(arn(name), event);
    if (outcome.failed() && attempt > gaps.size()) {
      destination.accept(new Failure(name, event, outcome.payload(), attempt));
    } else if (outcome.failed()) {
      var unused =
          later.schedule(
              () -> attempt(name, function, event, attempt + 1),
              gaps.get(attempt - 1).toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private static String arn(String name) {
    return "arn:aws:lambda:eu-central-1:123456789012:function:" + name;
  }

  private static void answer(HttpExchange exchange, Outcome outcome) throws IOException {
    if (outcome.failed()) {
      exchange.getResponseHeaders().add("X-Amz-Function-Error", "Unhandled");
    }
    exchange.sendResponseHeaders(OK, outcome.payload().length == 0 ? -1 : outcome.payload().length);
    exchange.getResponseBody().write(outcome.payload());
  }

  private static void unknown(HttpExchange exchange, String name) throws IOException {
    byte[] body =
        ("{\"Type\":\"User\",\"Message\":\"Function not found: " + arn(name) + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("X-Amzn-ErrorType", "ResourceNotFoundException");
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(404, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Adds another service's requests, which the same address is asked. */
  public void also(String path, com.sun.net.httpserver.HttpHandler handler) {
    server.createContext(path, handler);
  }

  @Override
  public void close() {
    later.shutdownNow();
    server.stop(0);
  }
}
