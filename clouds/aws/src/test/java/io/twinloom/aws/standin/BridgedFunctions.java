package io.twinloom.aws.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.testkit.lambda.LambdaFront;
import io.twinloom.testkit.lambda.LambdaProcess;
import io.twinloom.testkit.patience.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Functions of a test, run by the official runtime client in a process of its own, behind Lambda's
 * Invoke. The process does the work of all of them; their code is called back here.
 */
public final class BridgedFunctions implements AutoCloseable {
  private static final Duration LIMIT = Patience.LIMIT;

  private final Map<String, UnaryOperator<JsonObject>> codes = new ConcurrentHashMap<>();
  private final List<DeadLetter> dead = new CopyOnWriteArrayList<>();
  private final HttpServer bridge;
  private final LambdaFront front;
  private final LambdaProcess process;

  public BridgedFunctions(Path log) {
    try {
      bridge = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bridge.createContext("/", this::run);
    bridge.setExecutor(Executors.newCachedThreadPool());
    bridge.start();
    front =
        new LambdaFront(
            List.of(Duration.ofMillis(20), Duration.ofMillis(40)), f -> dead.add(letter(f)));
    process =
        LambdaProcess.start(
            new LambdaProcess.Spec(
                RuntimeClient.classPath(),
                RuntimeClient.folderOf(BridgeHandler.class),
                "bridge",
                BridgeHandler.class.getName() + "::handleRequest",
                256,
                Map.of("BRIDGE_URL", "http://127.0.0.1:" + bridge.getAddress().getPort()),
                log));
  }

  private static DeadLetter letter(LambdaFront.Failure failure) {
    JsonObject error = Json.parseObject(failure.error());
    return new DeadLetter(
        failure.function(),
        Json.parseObject(failure.event()),
        error.text("errorMessage").orElse(""),
        failure.attempts(),
        "");
  }

  private void run(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      JsonObject event = Json.parseObject(exchange.getRequestBody().readAllBytes());
      try {
        byte[] result = Json.bytes(codes.get(name).apply(event));
        exchange.sendResponseHeaders(200, result.length);
        exchange.getResponseBody().write(result);
      } catch (IllegalStateException e) {
        exchange.getResponseHeaders().add("X-Error", e.getMessage());
        exchange.sendResponseHeaders(500, -1);
      }
    }
  }

  public void define(String name, UnaryOperator<JsonObject> code) {
    codes.put(name, code);
    front.deploy(name, (arn, event) -> process.invoke(arn, event, LIMIT));
  }

  /** Removes all functions. */
  public void undefineAll() {
    codes.keySet().forEach(front::remove);
    codes.clear();
  }

  public LambdaFront front() {
    return front;
  }

  /** What came to the on-failure destination. */
  public List<DeadLetter> deadLetters() {
    return dead;
  }

  @Override
  public void close() {
    front.close();
    process.close();
    bridge.stop(0);
  }
}
