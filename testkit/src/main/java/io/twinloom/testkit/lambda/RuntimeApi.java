package io.twinloom.testkit.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Runtime API of one process: hands it one event after the other, and takes its answers.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda Runtime
 *     API</a>
 */
public final class RuntimeApi implements AutoCloseable {

  static {
    // Else every answer waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static final String BASE = "/2018-06-01/runtime/";
  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  /**
   * What became of an event.
   *
   * @param payload the function's answer, or its error as {@code errorType} and {@code
   *     errorMessage}
   */
  public record Outcome(boolean failed, byte[] payload) {}

  private record Event(String id, String arn, byte[] body, CompletableFuture<Outcome> outcome) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Event> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> snapshot = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private final CompletableFuture<String> initError = new CompletableFuture<>();
  private volatile boolean exited;

  public RuntimeApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(BASE, this::answer);
    server.setExecutor(threads);
    server.start();
  }

  /** The value of the process's {@code AWS_LAMBDA_RUNTIME_API}. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Completes when the process asks for its first event. */
  public CompletableFuture<Void> ready() {
    return ready;
  }

  /** Completes when a process that starts from a snapshot is made, and may be kept. */
  public CompletableFuture<Void> snapshot() {
    return snapshot;
  }

  /** Lets a process go on that was made for a snapshot. */
  public void restore() {
    restored.complete(null);
  }

  /** Completes with what the process says if it cannot start. */
  public CompletableFuture<String> initError() {
    return initError;
  }

  /** Has the process run an event, and waits. */
  public Outcome invoke(String arn, byte[] body, Duration limit) {
    Event event = new Event(UUID.randomUUID().toString(), arn, body, new CompletableFuture<>());
    waiting.add(event);
    if (exited) {
      exited();
    }
    try {
      return event.outcome().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      waiting.remove(event);
      return error("Sandbox.Timedout", "Task timed out after " + limit.toSeconds() + " seconds");
    } catch (ExecutionException e) {
      return error("Runtime.Unknown", String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error("Runtime.ExitError", "The service is closed");
    }
  }

  /** Says that the process has ended: what it was given fails, and what comes after that. */
  void exited() {
    exited = true;
    Outcome ended = error("Runtime.ExitError", "Runtime exited");
    running.values().forEach(event -> event.outcome().complete(ended));
    for (Event event = waiting.poll(); event != null; event = waiting.poll()) {
      event.outcome().complete(ended);
    }
  }

  static Outcome error(String type, String message) {
    String json = "{\"errorType\":\"" + type + "\",\"errorMessage\":\"" + message + "\"}";
    return new Outcome(true, json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(BASE.length());
      if (path.equals("invocation/next")) {
        next(exchange);
      } else if (path.equals("restore/next")) {
        snapshot.complete(null);
        restored.join();
        exchange.sendResponseHeaders(OK, -1);
      } else {
        taken(path, exchange.getRequestBody().readAllBytes());
        exchange.sendResponseHeaders(ACCEPTED, -1);
      }
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    ready.complete(null);
    Event event;
    try {
      event = waiting.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    running.put(event.id(), event);
    var headers = exchange.getResponseHeaders();
    headers.add("Lambda-Runtime-Aws-Request-Id", event.id());
    headers.add("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 60_000));
    headers.add("Lambda-Runtime-Invoked-Function-Arn", event.arn());
    headers.add("Content-Type", "application/json");
    exchange.sendResponseHeaders(OK, event.body().length);
    exchange.getResponseBody().write(event.body());
  }

  private void taken(String path, byte[] body) {
    String[] names = path.split("/");
    if (path.equals("init/error")) {
      initError.complete(new String(body, java.nio.charset.StandardCharsets.UTF_8));
      return;
    }
    Event event = running.remove(names[1]);
    if (event != null) {
      event.outcome().complete(new Outcome(names[2].equals("error"), body));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
