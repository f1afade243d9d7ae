package io.twinloom.http;

import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An HTTP endpoint: {@code /NAME} has the handler of that name. What can be refused from a
 * request's head is refused before its body is read; a body is counted while it comes in, whether
 * it was announced or not; a handler works on a virtual thread of its own. Requests of one
 * connection are answered in their order, one at a time.
 *
 * <p>Every limit is in {@link HttpLimits}.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final long SWEEP_MILLIS = 1_000;

  private final Vertx vertx;
  private final String bind;
  private final Function<String, Optional<RequestHandler>> handlers;
  private final HttpLimits limits;
  private final SharedParts shared;
  private final Map<HttpConnection, ClientConnection> connections = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final long sweeper;

  private HttpEndpoint(
      Vertx vertx,
      String bind,
      int port,
      Function<String, Optional<RequestHandler>> handlers,
      HttpLimits limits,
      UnaryOperator<Response> errors) {
    this.vertx = vertx;
    this.bind = bind;
    this.handlers = handlers;
    this.limits = limits;
    this.shared = new SharedParts(limits, errors);
    this.server =
        vertx
            .createHttpServer(options(bind, port, limits))
            .connectionHandler(this::connected)
            .invalidRequestHandler(this::malformed)
            .exceptionHandler(broken -> {})
            .requestHandler(this::request);
    long shortest = Math.min(limits.head().idle().toMillis(), limits.body().receiving().toMillis());
    this.sweeper =
        vertx.setPeriodic(Math.max(1, Math.min(SWEEP_MILLIS, shortest / 2)), id -> sweep());
  }

  /**
   * Starts an endpoint.
   *
   * @param port 0 for a free one
   * @param handlers by name
   * @throws IOException if the address cannot be listened on
   */
  public static HttpEndpoint start(
      Vertx vertx,
      String bind,
      int port,
      Function<String, Optional<RequestHandler>> handlers,
      HttpLimits limits)
      throws IOException {
    return start(vertx, bind, port, handlers, limits, UnaryOperator.identity());
  }

  /**
   * Starts an endpoint with errors in a form of its own.
   *
   * @param errors what is answered in the place of a response that the endpoint gives by itself,
   *     whose body is {@code {"error": text}}
   */
  public static HttpEndpoint start(
      Vertx vertx,
      String bind,
      int port,
      Function<String, Optional<RequestHandler>> handlers,
      HttpLimits limits,
      UnaryOperator<Response> errors)
      throws IOException {
    HttpEndpoint endpoint = new HttpEndpoint(vertx, bind, port, handlers, limits, errors);
    try {
      endpoint.server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
      return endpoint;
    } catch (ExecutionException | TimeoutException e) {
      vertx.cancelTimer(endpoint.sweeper);
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(cause.getMessage(), e);
    } catch (InterruptedException e) {
      vertx.cancelTimer(endpoint.sweeper);
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static HttpServerOptions options(String bind, int port, HttpLimits limits) {
    return new HttpServerOptions()
        .setHost(bind)
        .setPort(port)
        .setTcpNoDelay(true)
        .setReuseAddress(true)
        .setHttp2ClearTextEnabled(false)
        .setMaxInitialLineLength(limits.head().lineBytes())
        .setMaxHeaderSize(limits.head().headerBytes())
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
    ClientConnection client = new ClientConnection(connection, System.nanoTime());
    connections.put(connection, client);
    // Vert.x would log what breaks a connection, with the bytes that it did not understand.
    connection.exceptionHandler(why -> client.broken(why, shared.errors()));
    connection.closeHandler(closed -> connections.remove(connection));
  }

  private void request(HttpServerRequest request) {
    ClientConnection connection = connections.get(request.connection());
    if (connection == null) {
      var unused = request.connection().close();
      return;
    }
    if (!RequestReader.isFramedRight(request)) {
      refuse(request, connection, StandardResponses.MALFORMED);
      return;
    }
    Optional<RequestHandler> found = handlers.apply(RequestReader.name(request.path()));
    if (found.isEmpty()) {
      refuse(request, connection, StandardResponses.NOT_FOUND);
    } else if (RequestReader.hasMoreHeadersThan(limits.head().headers(), request)) {
      refuse(request, connection, StandardResponses.TOO_MANY_HEADERS);
    } else {
      begin(request, connection, found.get());
    }
  }

  private void begin(
      HttpServerRequest request, ClientConnection connection, RequestHandler handler) {
    RequestHead head;
    Optional<Response> refusal;
    try {
      head = RequestReader.of(request);
      refusal = handler.refuse(head);
    } catch (IllegalArgumentException e) {
      head = RequestReader.withoutQuery(request);
      refusal =
          handler.refuse(head).or(() -> Optional.of(shared.worded(StandardResponses.BAD_QUERY)));
    }
    if (refusal.isPresent()) {
      IncomingRequest.refuse(request, connection, refusal.get(), limits);
    } else {
      take(request, connection, handler, head);
    }
  }

  private void take(
      HttpServerRequest request,
      ClientConnection connection,
      RequestHandler handler,
      RequestHead head) {
    Optional<UploadOpener> upload = handler.upload(head);
    Context context = vertx.getOrCreateContext();
    if (upload.isPresent()) {
      new IncomingUpload(context, request, connection, head, upload.get(), shared)
          .begin(IncomingRequest.announced(request));
    } else {
      new IncomingRequest(context, request, connection, handler, head, shared)
          .begin(IncomingRequest.announced(request));
    }
  }

  private void refuse(HttpServerRequest request, ClientConnection connection, Response response) {
    IncomingRequest.refuse(request, connection, shared.worded(response), limits);
  }

  private void malformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    StandardResponses.send(
        request,
        shared.worded(
            cause instanceof TooLongHttpLineException
                ? StandardResponses.ADDRESS_TOO_LONG
                : StandardResponses.malformed(cause)));
  }

  private void sweep() {
    long now = System.nanoTime();
    for (ClientConnection connection : connections.values()) {
      connection.closeWhereSlow(limits, shared.errors(), now);
    }
  }

  /** Stops listening, ends what is streamed, and lets running requests end for a short while. */
  @Override
  public void close() {
    vertx.cancelTimer(sweeper);
    shared.streams().close();
    try {
      server
          .shutdown(limits.closing())
          .toCompletionStage()
          .toCompletableFuture()
          .get(limits.closing().toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The connections are cut by now; a client that waits on one sees that.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
