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
import io.twinloom.json.JsonObject;
import io.twinloom.local.deploy.ControlRequest.Malformed;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private static final Set<String> QUERY =
      Set.of("device", "property", "from", "to", "nextToken", "order", "limit");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final TwinControl twin;
  private final Consumer<String> stop;

  /** What answers a request with a JSON object. */
  private interface Answering {
    JsonObject to(ControlRequest request);
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
    route("GET", ControlPaths.STATUS, Set.of(), request -> StatusJson.write(twin.status()));
    route(
        "GET", ControlPaths.QUERY, QUERY, request -> HistoryJson.write(twin.query(query(request))));
    route(
        "POST",
        ControlPaths.RESTORE,
        Set.of("device", "from", "to"),
        request ->
            HistoryJson.write(
                twin.restore(
                    request.needed("device"), request.needed("from"), request.needed("to"))));
    for (TwinOperation operation : TwinOperation.values()) {
      context(
          "POST",
          ControlPaths.TWIN + operation.id(),
          exchange -> twin.readTwin(operation.id(), body(exchange)).response());
    }
    route(
        "GET",
        ControlPaths.DEAD_LETTERS,
        Set.of(),
        request -> DeadLettersJson.write(twin.deadLetters()));
    route(
        "POST",
        ControlPaths.REPLAY,
        Set.of("ids"),
        request -> DeadLettersJson.write(twin.replay(request.texts("ids"))));
    route(
        "POST",
        ControlPaths.DISCARD,
        Set.of("ids"),
        request -> DeadLettersJson.write(twin.discard(request.texts("ids"))));
    route(
        "POST",
        ControlPaths.ROTATE,
        Set.of("connection", "dropFormer"),
        request ->
            TokensJson.write(
                twin.rotateTokens(request.text("connection"), request.flag("dropFormer"))));
    route(
        "POST",
        ControlPaths.VERIFY,
        Set.of("device", "limit"),
        request ->
            VerifyJson.write(
                twin.verify(
                    request.text("device"),
                    request.duration("limit").orElse(Duration.ofSeconds(30)))));
    route(
        "POST",
        ControlPaths.MOVE,
        Set.of("move", "now"),
        request ->
            MoveJson.write(
                twin.move(
                    TierMove.of(request.needed("move"))
                        .orElseThrow(() -> new Malformed("There is no such move.")),
                    request.time("now"))));
    server.createContext(ControlPaths.STOP, exchange -> guarded(exchange, "POST", this::stop));
    server.createContext("/", exchange -> guarded(exchange, "GET", this::nothing));
  }

  private void route(String method, String path, Set<String> members, Answering answering) {
    context(
        method,
        path,
        exchange -> {
          JsonObject query = ControlRequest.query(exchange.getRequestURI().getRawQuery());
          JsonObject body = body(exchange);
          return answering.to(ControlRequest.of(method.equals("GET") ? query : body, members));
        });
  }

  /** What makes the answer to a request. */
  private interface Answer {
    JsonObject of(HttpExchange exchange) throws IOException;
  }

  private void context(String method, String path, Answer answer) {
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
                  send(guarded, 200, JSON, Json.bytes(answer.of(guarded)));
                }));
  }

  /** Whoever asks is answered first. */
  private void stop(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestURI().getPath().equals(ControlPaths.STOP)) {
      nothing(exchange);
      return;
    }
    ControlRequest request = ControlRequest.of(body(exchange), Set.of("by"));
    String by = request.text("by").orElse("another process");
    send(exchange, 200, JSON, Json.bytes(JsonObject.builder().put("stopping", true).build()));
    stop.accept(by);
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
    } catch (Malformed e) {
      problem(exchange, 400, String.valueOf(e.getMessage()), Optional.empty());
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
    if (host == null || headers.getOrDefault("Host", List.of()).size() > 1 || !isLoopback(host)) {
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

  private static HistoryRequest query(ControlRequest parameters) {
    return HistoryRequest.of(parameters.needed("device"))
        .property(parameters.text("property"))
        .from(parameters.text("from"))
        .to(parameters.text("to"))
        .page(parameters.text("nextToken"))
        .newestFirst(newestFirst(parameters.text("order").orElse("asc")))
        .limit(parameters.number("limit").orElse(HistoryRequest.DEFAULT_LIMIT))
        .build();
  }

  private static boolean newestFirst(String order) {
    return switch (order) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new Malformed("\"order\" is neither asc nor desc.");
    };
  }

  private static JsonObject body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new IllegalArgumentException("too large");
    }
    return body.length == 0 ? JsonObject.EMPTY : Json.parseObject(body);
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
