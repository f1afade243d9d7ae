package io.twinloom.server;

import io.twinloom.http.HttpEndpoint;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.AccessGuard;
import io.twinloom.server.http.Router;
import io.twinloom.server.projects.ProjectFolders;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The server of a folder of projects: the REST interface and the web page. */
public final class FolderServer implements AutoCloseable {

  private static final int SHORTEST_KEY = 16;

  private final Vertx vertx;
  private final HttpEndpoint endpoint;
  private final FolderRouting routing;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FolderServer(Vertx vertx, HttpEndpoint endpoint, FolderRouting routing) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.routing = routing;
  }

  /**
   * Starts to answer.
   *
   * @param port 0 for a free one
   * @param environment in which clouds' credentials can be, too
   * @param failures takes what should not have happened, one line each
   * @throws TwinloomException {@code TL-API-KEY-NEEDED} if it would be reached from other machines
   *     without a key; {@code TL-API-LISTEN} if it cannot listen
   */
  public static FolderServer start(
      ServerOptions options,
      int port,
      ProjectFolders projects,
      Map<String, String> environment,
      InstantSource clock,
      RandomGenerator random,
      Consumer<String> failures) {
    refuseOpen(options);
    Vertx vertx = WebServer.eventLoop();
    FolderRouting routing =
        FolderRouting.of(
            options,
            projects,
            environment,
            clock,
            () -> WebServer.newId(random).toString(),
            failure -> failures.accept("A deployment failed unexpectedly: " + failure.getClass()));
    Router router =
        new Router(
            routing.routes(),
            new AccessGuard(options.key()),
            () -> "urn:uuid:" + WebServer.newId(random),
            failure -> failures.accept(WebServer.line(failure)));
    try {
      HttpEndpoint endpoint =
          HttpEndpoint.start(
              vertx,
              options.bind(),
              port,
              path -> Optional.of(router),
              WebServer.LIMITS,
              router::error);
      return new FolderServer(vertx, endpoint, routing);
    } catch (IOException e) {
      routing.close();
      var unused = vertx.close();
      throw new TwinloomException(
          ServerError.API_LISTEN,
          "The server cannot listen: " + e.getMessage() + ".",
          options.bind() + ":" + port,
          ServerError.API_LISTEN.fix(),
          e);
    }
  }

  private static void refuseOpen(ServerOptions options) {
    boolean guarded = options.key().filter(key -> key.length() >= SHORTEST_KEY).isPresent();
    if (!guarded && (options.key().isPresent() || !ServerOptions.isLoopback(options.bind()))) {
      throw new TwinloomException(
          ServerError.API_KEY_NEEDED,
          options.key().isPresent()
              ? ServerOptions.KEY + " has fewer than " + SHORTEST_KEY + " characters."
              : "Anyone who reaches " + options.bind() + " could change every project.",
          ServerOptions.KEY);
    }
  }

  /** The routes, each as method and path with its parameters in braces. */
  public List<String> routes() {
    return routing.routes().stream().map(r -> r.method() + " " + r.template()).toList();
  }

  /** Where it is reached. */
  public URI address() {
    return endpoint.uri();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    routing.close();
    endpoint.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
