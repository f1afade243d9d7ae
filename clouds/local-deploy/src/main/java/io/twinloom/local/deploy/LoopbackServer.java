package io.twinloom.local.deploy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinServer;
import io.twinloom.deployer.control.codec.DeadLettersJson;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.deployer.control.codec.MoveJson;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.control.codec.TokensJson;
import io.twinloom.deployer.control.codec.VerifyJson;
import io.twinloom.functions.twin.TwinOperation;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The server through which other commands ask a running twin, on the platform's own HTTP server. It
 * listens on loopback only, and answers only who calls it by a loopback name and comes from no
 * other web page: else any page in the user's browser could reach it (DNS rebinding, cross-site
 * requests).
 */
public final class LoopbackServer implements TwinServer.Mounted {

  private static final int MAX_BODY = 1024 * 1024;
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final TwinControl twin;
  private final Consumer<String> stop;

  /** What answers a request with a JSON object. */
  private interface Answering {
    JsonObject to(Map<String, String> query, JsonObject body);
  }

  private LoopbackServer(HttpServer server, TwinControl twin, Consumer<String> stop) {
    this.server = server;
    this.twin = twin;
    this.stop = stop;
  }

  /**
   * Starts it on a free port of loopback.
   *
   * @param stop ends the process, and takes which command asked for that; called after its caller
   *     was answered
   */
  public static LoopbackServer mount(TwinControl twin, Consumer<String> stop) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      LoopbackServer control = new LoopbackServer(server, twin, stop);
      control.routes();
      server.setExecutor(control.threads);
      server.start();
      return control;
    } catch (IOException e) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_CONTROL,
          "The endpoint for other commands cannot listen: " + e.getClass().getSimpleName() + ".",
          "loopback",
          "See that this process may listen on loopback.",
          e);
    }
  }

  @Override
  public URI address() {
    InetSocketAddress address = server.getAddress();
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  private void routes() {
    route("GET", ControlPaths.STATUS, (query, body) -> StatusJson.write(twin.status()));
    route("GET", ControlPaths.QUERY, (query, body) -> HistoryJson.write(twin.query(query(query))));
    route(
        "POST",
        ControlPaths.RESTORE,
        (query, body) ->
            HistoryJson.write(
                twin.restore(needed(body, "device"), needed(body, "from"), needed(body, "to"))));
    for (TwinOperation operation : TwinOperation.values()) {
      route(
          "POST",
          ControlPaths.TWIN + operation.id(),
          (query, body) -> twin.readTwin(operation.id(), body).response());
    }
    route(
        "GET",
        ControlPaths.DEAD_LETTERS,
        (query, body) -> DeadLettersJson.write(twin.deadLetters()));
    route(
        "POST",
        ControlPaths.REPLAY,
        (query, body) -> DeadLettersJson.write(twin.replay(texts(body, "ids"))));
    route(
        "POST",
        ControlPaths.DISCARD,
        (query, body) -> DeadLettersJson.write(twin.discard(texts(body, "ids"))));
    route(
        "POST",
        ControlPaths.ROTATE,
        (query, body) ->
            TokensJson.write(
                twin.rotateTokens(
                    body.text("connection"), body.get("dropFormer") == JsonBoolean.TRUE)));
    route(
        "POST",
        ControlPaths.VERIFY,
        (query, body) ->
            VerifyJson.write(
                twin.verify(
                    body.text("device"),
                    body.text("limit").map(Duration::parse).orElse(Duration.ofSeconds(30)))));
    route(
        "POST",
        ControlPaths.MOVE,
        (query, body) ->
            MoveJson.write(
                twin.move(
                    body.text("move")
                        .flatMap(TierMove::of)
                        .orElseThrow(() -> new IllegalArgumentException("move")),
                    body.text("now").map(LoopbackServer::instant))));
    route(
        "POST",
        ControlPaths.STOP,
        (query, body) -> JsonObject.builder().put("stopping", true).build());
    server.createContext("/", exchange -> guarded(exchange, "GET", this::nothing));
  }

  private void route(String method, String path, Answering answering) {
    server.createContext(
        path,
        exchange ->
            guarded(
                exchange,
                method,
                guarded -> {
                  if (!guarded.getRequestURI().getPath().equals(path)) {
                    nothing(guarded);
                    return;
                  }
                  JsonObject body = body(guarded);
                  JsonObject answer = answering.to(parameters(guarded), body);
                  send(guarded, 200, JSON, Json.bytes(answer));
                  if (path.equals(ControlPaths.STOP)) {
                    stop.accept(body.text("by").orElse("another process"));
                  }
                }));
  }

  private interface Handling {
    void of(HttpExchange exchange) throws IOException;
  }

  private void guarded(HttpExchange exchange, String method, Handling handling) throws IOException {
    try (exchange) {
      Optional<String> refusal = refusal(exchange.getRequestHeaders());
      if (refusal.isPresent()) {
        problem(exchange, 403, refusal.get(), Optional.empty());
      } else if (!exchange.getRequestMethod().equals(method)) {
        problem(exchange, 405, "This is asked with " + method + ".", Optional.empty());
      } else {
        answered(exchange, handling);
      }
    }
  }

  private static void answered(HttpExchange exchange, Handling handling) throws IOException {
    try {
      handling.of(exchange);
    } catch (TwinloomException e) {
      problem(exchange, e.error().httpStatus(), e.what(), Optional.of(e));
    } catch (IllegalArgumentException e) {
      problem(exchange, 400, "The request cannot be read.", Optional.empty());
    } catch (RuntimeException e) {
      problem(
          exchange,
          500,
          "Something went wrong: " + e.getClass().getSimpleName() + ".",
          Optional.empty());
    }
  }

  private static Optional<String> refusal(Headers headers) {
    String host = headers.getFirst("Host");
    if (host == null || !isLoopback(host)) {
      return Optional.of("This is for loopback only: the Host is another.");
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      return Optional.of("This is not for other web pages: the Origin is another.");
    }
    return Optional.empty();
  }

  private static boolean isLoopback(String host) {
    String name = host.replaceFirst(":\\d+$", "");
    return name.equalsIgnoreCase("localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.\\d{1,3}){3}");
  }

  private void nothing(HttpExchange exchange) throws IOException {
    problem(exchange, 404, "There is nothing here.", Optional.empty());
  }

  private static HistoryRequest query(Map<String, String> parameters) {
    String device = parameters.get("device");
    if (device == null) {
      throw new IllegalArgumentException("device");
    }
    return HistoryRequest.of(device)
        .property(Optional.ofNullable(parameters.get("property")))
        .from(Optional.ofNullable(parameters.get("from")))
        .to(Optional.ofNullable(parameters.get("to")))
        .page(Optional.ofNullable(parameters.get("nextToken")))
        .newestFirst(newestFirst(parameters.getOrDefault("order", "asc")))
        .limit(
            Optional.ofNullable(parameters.get("limit"))
                .map(Integer::parseInt)
                .orElse(HistoryRequest.DEFAULT_LIMIT))
        .build();
  }

  private static boolean newestFirst(String order) {
    return switch (order) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new IllegalArgumentException("order");
    };
  }

  private static String needed(JsonObject body, String name) {
    return body.text(name).orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static Instant instant(String text) {
    String time = Timestamps.read(text);
    if (time == null) {
      throw new IllegalArgumentException("now");
    }
    return Instant.parse(time);
  }

  private static List<String> texts(JsonObject body, String key) {
    return body.array(key).orElse(JsonArray.EMPTY).values().stream()
        .map(v -> v instanceof JsonString s ? s.value() : v.toString())
        .toList();
  }

  private static JsonObject body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new IllegalArgumentException("too large");
    }
    return body.length == 0 ? JsonObject.EMPTY : Json.parseObject(body);
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** An error as a problem document, see RFC 9457. */
  private static void problem(
      HttpExchange exchange, int status, String detail, Optional<TwinloomException> cause)
      throws IOException {
    JsonObject.Builder problem = JsonObject.builder().put("status", status).put("detail", detail);
    cause.ifPresent(
        e ->
            problem
                .put("code", e.code())
                .put("where", e.where())
                .put("fix", e.fix())
                .put("retryable", e.retryable()));
    send(exchange, status, "application/problem+json", Json.bytes(problem.build()));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
