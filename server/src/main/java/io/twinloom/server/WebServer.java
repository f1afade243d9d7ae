package io.twinloom.server;

import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.http.HttpEndpoint;
import io.twinloom.http.HttpLimits;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.AccessGuard;
import io.twinloom.server.http.Route;
import io.twinloom.server.http.Router;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The server of the REST interface and the web page, on the same stack as function endpoints. */
public final class WebServer implements TwinServer.Mounted {

  private static final long AFTER_ANSWER_MILLIS = 20;

  static final HttpLimits LIMITS =
      HttpLimits.DEFAULT.toBuilder()
          .bodyBytes(2 * 1024 * 1024)
          .bodiesInMemory(64L * 1024 * 1024)
          .connections(512)
          .build();

  private final Vertx vertx;
  private final HttpEndpoint endpoint;
  private final List<Route> routes;
  private final Runnable ending;
  private final AtomicBoolean closed = new AtomicBoolean();

  private WebServer(Vertx vertx, HttpEndpoint endpoint, List<Route> routes, Runnable ending) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.routes = routes;
    this.ending = ending;
  }

  /**
   * What offers running twins so.
   *
   * @param checker of the user code of projects whose files are changed
   * @param failures takes what should not have happened, one line each
   */
  public static TwinServer of(
      ServerOptions options,
      InstantSource clock,
      RandomGenerator random,
      UserCodeChecker checker,
      Consumer<String> failures) {
    TwinRouting.Ambient ambient = new TwinRouting.Ambient(options, clock, random, checker);
    return running -> mount(ambient, failures, running);
  }

  private static WebServer mount(
      TwinRouting.Ambient ambient, Consumer<String> failures, RunningProject running) {
    Vertx vertx = eventLoop();
    TwinRouting routing = TwinRouting.of(ambient, running, later(vertx), failures);
    return open(
        vertx,
        ambient.options(),
        running.port(),
        routing.routes(),
        new Ending(routing::close, failures, () -> "urn:uuid:" + ambient.newId()));
  }

  /** A new id, as far as the generator gives new numbers. */
  static UUID newId(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /**
   * What a server does with what it was given when it ends, and with what should not happen.
   *
   * @param ids of single problems
   */
  private record Ending(Runnable what, Consumer<String> failures, Supplier<String> ids) {}

  private static WebServer open(
      Vertx vertx, ServerOptions options, TwinServer.Port port, List<Route> routes, Ending ending) {
    Router router =
        new Router(
            routes,
            new AccessGuard(options.key()),
            ending.ids(),
            failure -> ending.failures().accept(line(failure)));
    try {
      return new WebServer(
          vertx, listening(vertx, options.bind(), port, router), routes, ending.what());
    } catch (IOException e) {
      ending.what().run();
      var unused = vertx.close();
      throw new TwinloomException(
          ServerError.API_LISTEN,
          "The server for other commands and the web page cannot listen: " + e.getMessage() + ".",
          options.bind() + ":" + port.fixed().orElse(0),
          ServerError.API_LISTEN.fix(),
          e);
    }
  }

  private static HttpEndpoint listening(
      Vertx vertx, String bind, TwinServer.Port port, Router router) throws IOException {
    if (port.fixed().isEmpty() && port.former().isPresent()) {
      try {
        return listening(vertx, bind, port.former().get(), router);
      } catch (IOException e) {
        // Somebody else has it by now.
        return listening(vertx, bind, 0, router);
      }
    }
    return listening(vertx, bind, port.fixed().orElse(0), router);
  }

  private static HttpEndpoint listening(Vertx vertx, String bind, int port, Router router)
      throws IOException {
    return HttpEndpoint.start(
        vertx, bind, port, path -> Optional.of(router), LIMITS, router::error);
  }

  /** Of the classes of causes, codes and places alone: a message may hold a secret. */
  static String line(Router.Failure failure) {
    String request =
        "The request " + failure.id() + " to " + failure.method() + ' ' + failure.template();
    return line(request, failure.cause());
  }

  /**
   * The same of something else.
   *
   * @param what has failed
   */
  static String line(String what, Throwable why) {
    StringBuilder line = new StringBuilder(what).append(" failed unexpectedly: ");
    for (Throwable cause = why; cause != null; cause = cause.getCause()) {
      line.append(cause.getClass().getName());
      if (cause instanceof TwinloomException known) {
        line.append(' ').append(known.error().code());
      }
      StackTraceElement[] trace = cause.getStackTrace();
      for (int i = 0; i < Math.min(3, trace.length); i++) {
        line.append(" at ").append(trace[i]);
      }
      line.append("; ");
    }
    return line.toString();
  }

  private static Consumer<Runnable> later(Vertx vertx) {
    return what -> {
      var unused =
          vertx.setTimer(
              AFTER_ANSWER_MILLIS,
              id -> {
                var thread = Thread.startVirtualThread(what);
              });
    };
  }

  /** One thread for all sockets: what takes long is done on virtual threads. */
  static Vertx eventLoop() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setDisableTCCL(true)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }

  /** The routes, each as method and path with its parameters in braces. */
  public List<String> routes() {
    return routes.stream().map(r -> r.method() + " " + r.template()).toList();
  }

  @Override
  public URI address() {
    return endpoint.uri();
  }

  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    ending.run();
    endpoint.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
