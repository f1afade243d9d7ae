package io.twinloom.local.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The HTTP endpoint of one local cloud: {@code /NAME} is the receiver of that name. What can be
 * refused from a request's head is refused before its body is read; a body is counted while it
 * comes in, whether it was announced or not; a function works on a virtual thread of its own.
 * Requests of one connection are answered in their order, one at a time.
 *
 * <p>Every limit is in {@link EndpointLimits}.
 */
public final class FunctionEndpoint implements AutoCloseable {
  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final String bind;
  private final Function<String, Optional<HostedFunction>> functions;
  private final EndpointLimits limits;
  private final BodyBudget budget;
  private final Map<HttpConnection, ClientConnection> connections = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final long sweeper;

  private FunctionEndpoint(
      Vertx vertx,
      String bind,
      int port,
      Function<String, Optional<HostedFunction>> functions,
      EndpointLimits limits) {
    this.vertx = vertx;
    this.bind = bind;
    this.functions = functions;
    this.limits = limits;
    this.budget = new BodyBudget(limits.bodiesInMemory());
    this.server =
        vertx
            .createHttpServer(options(bind, port, limits))
            .connectionHandler(this::connected)
            .invalidRequestHandler(this::malformed)
            .exceptionHandler(broken -> {})
            .requestHandler(this::request);
    long shortest = Math.min(limits.idle().toMillis(), limits.receiving().toMillis());
    this.sweeper =
        vertx.setPeriodic(Math.max(1, Math.min(SWEEP_MILLIS, shortest / 2)), id -> sweep());
  }

  /**
   * Starts an endpoint.
   *
   * @param port 0 for a free one
   * @param functions the functions of the cloud by name; those that are no receivers are not found
   * @throws TwinloomException if the address cannot be listened on
   */
  public static FunctionEndpoint start(
      Vertx vertx, String bind, int port, Function<String, Optional<HostedFunction>> functions) {
    return start(vertx, bind, port, functions, EndpointLimits.defaults());
  }

  static FunctionEndpoint start(
      Vertx vertx,
      String bind,
      int port,
      Function<String, Optional<HostedFunction>> functions,
      EndpointLimits limits) {
    FunctionEndpoint endpoint = new FunctionEndpoint(vertx, bind, port, functions, limits);
    try {
      endpoint.server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      return endpoint;
    } catch (ExecutionException | TimeoutException e) {
      vertx.cancelTimer(endpoint.sweeper);
      throw cannotListen(bind, port, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cannotListen(bind, port, e);
    }
  }

  private static TwinloomException cannotListen(String bind, int port, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new TwinloomException(
        LocalError.LOCAL_PORT,
        "The HTTP endpoint cannot listen: " + cause.getMessage(),
        bind + ":" + port,
        "Choose another port, or end what listens there.",
        e);
  }

  private static HttpServerOptions options(String bind, int port, EndpointLimits limits) {
    return new HttpServerOptions()
        .setHost(bind)
        .setPort(port)
        .setTcpNoDelay(true)
        .setReuseAddress(true)
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(limits.requestLineBytes())
        .setMaxHeaderSize(limits.headerBytes())
        .setMaxChunkSize(64 * 1024);
  }

  /** The address, without a slash at its end. */
  public URI uri() {
    String host = bind.contains(":") && !bind.startsWith("[") ? "[" + bind + "]" : bind;
    return URI.create("http://" + host + ":" + server.actualPort());
  }

  private void connected(HttpConnection connection) {
    if (connections.size() >= limits.connections()) {
      var unused = connection.close();
      return;
    }
    connections.put(connection, new ClientConnection(connection, System.nanoTime()));
    // Vert.x would log what breaks a connection, with the bytes that it did not understand.
    connection.exceptionHandler(broken -> {});
    connection.closeHandler(closed -> connections.remove(connection));
  }

  private void request(HttpServerRequest request) {
    ClientConnection connection = connections.get(request.connection());
    if (connection == null) {
      var unused = request.connection().close();
      return;
    }
    Optional<HostedFunction> found =
        functions.apply(RequestHead.function(request.path())).filter(HostedFunction::isReceiver);
    if (found.isEmpty()) {
      IncomingRequest.refuse(request, connection, Answers.UNKNOWN_FUNCTION, limits);
    } else if (RequestHead.hasMoreHeadersThan(limits.headers(), request)) {
      IncomingRequest.refuse(request, connection, Answers.TOO_MANY_HEADERS, limits);
    } else {
      ask(request, connection, found.get());
    }
  }

  private void ask(
      HttpServerRequest request, ClientConnection connection, HostedFunction function) {
    HttpHead head;
    Optional<HttpAnswer> refusal;
    try {
      head = RequestHead.of(request);
      refusal = function.refuse(head);
    } catch (IllegalArgumentException e) {
      head = RequestHead.withoutQuery(request);
      refusal = function.refuse(head).or(() -> Optional.of(Answers.BAD_QUERY));
    }
    if (refusal.isPresent()) {
      IncomingRequest.refuse(request, connection, refusal.get(), limits);
    } else {
      new IncomingRequest(request, connection, function, head, limits, budget)
          .begin(IncomingRequest.announced(request));
    }
  }

  private void malformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    HttpAnswer answer =
        switch (cause) {
          case TooLongHttpLineException line -> Answers.ADDRESS_TOO_LONG;
          case TooLongHttpHeaderException header -> Answers.TOO_MANY_HEADERS;
          case null, default -> Answers.MALFORMED;
        };
    Answers.send(request, answer);
  }

  private void sweep() {
    long now = System.nanoTime();
    for (ClientConnection connection : connections.values()) {
      connection.closeWhereSlow(limits, now);
    }
  }

  /** Stops listening, and lets running requests end for a short while. */
  @Override
  public void close() {
    vertx.cancelTimer(sweeper);
    try {
      server
          .shutdown(limits.closing())
          .toCompletionStage()
          .toCompletableFuture()
          .get(limits.closing().toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The connections are cut by now; whoever waits on one sees that and tries again.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
