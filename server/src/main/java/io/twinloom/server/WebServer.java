package io.twinloom.server;

import io.twinloom.cost.error.CostError;
import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.deployer.Pause;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TwinServer;
import io.twinloom.http.HttpEndpoint;
import io.twinloom.http.HttpLimits;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ModelError;
import io.twinloom.server.cost.CostRoutes;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.grafana.GrafanaRoutes;
import io.twinloom.server.http.AccessGuard;
import io.twinloom.server.http.Route;
import io.twinloom.server.http.Router;
import io.twinloom.server.http.Routes;
import io.twinloom.server.projects.OneProject;
import io.twinloom.server.projects.ProjectRoutes;
import io.twinloom.server.twin.AuditLog;
import io.twinloom.server.twin.DeadLetterRoutes;
import io.twinloom.server.twin.RunningTwins;
import io.twinloom.server.twin.SceneRoutes;
import io.twinloom.server.twin.ServiceRoutes;
import io.twinloom.server.twin.TwinRoutes;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The server of the REST interface and the web page, on the same stack as function endpoints. */
public final class WebServer implements TwinServer.Mounted {

  private static final long AFTER_ANSWER_MILLIS = 20;

  private static final HttpLimits LIMITS =
      HttpLimits.DEFAULT.toBuilder()
          .bodyBytes(2 * 1024 * 1024)
          .bodiesInMemory(64L * 1024 * 1024)
          .connections(512)
          .build();

  private final Vertx vertx;
  private final HttpEndpoint endpoint;
  private final List<Route> routes;
  private final AtomicBoolean closed = new AtomicBoolean();

  private WebServer(Vertx vertx, HttpEndpoint endpoint, List<Route> routes) {
    this.vertx = vertx;
    this.endpoint = endpoint;
    this.routes = routes;
  }

  /**
   * What offers running twins so.
   *
   * @param failures takes what should not have happened, one line each
   */
  public static TwinServer of(
      ServerOptions options, InstantSource clock, Consumer<String> failures) {
    return running -> mount(options, clock, failures, running);
  }

  private static WebServer mount(
      ServerOptions options,
      InstantSource clock,
      Consumer<String> failures,
      RunningProject running) {
    Vertx vertx = eventLoop();
    List<Route> routes = routes(options, clock, running, later(vertx)).list();
    Router router =
        new Router(
            routes,
            new AccessGuard(options.key()),
            () -> "urn:uuid:" + UUID.randomUUID(),
            failure -> failures.accept(line(failure)));
    try {
      return new WebServer(vertx, listening(vertx, options.bind(), running.port(), router), routes);
    } catch (IOException e) {
      var unused = vertx.close();
      throw new TwinloomException(
          ServerError.API_LISTEN,
          "The server for other commands and the web page cannot listen: " + e.getMessage() + ".",
          options.bind() + ":" + running.port().fixed().orElse(0),
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

  private static Routes routes(
      ServerOptions options,
      InstantSource clock,
      RunningProject running,
      Consumer<Runnable> later) {
    RunningTwins twins = RunningTwins.of(running);
    AuditLog audit = new AuditLog(clock);
    Pause pause =
        Pause.sleeping("Replaying was interrupted.", "Ask for a dry run, and replay what is left.");
    Routes routes = new Routes();
    new SystemRoutes(options, new SystemRoutes.Features("up", false, false, false), codes(), clock)
        .addTo(routes);
    new ProjectRoutes(new OneProject(twins)).addTo(routes);
    new TwinRoutes(twins, audit).addTo(routes);
    new DeadLetterRoutes(twins, audit, pause).addTo(routes);
    new ServiceRoutes(twins, later).addTo(routes);
    new SceneRoutes(twins).addTo(routes);
    new CostRoutes(twins, BuiltInPrices.read(), clock).addTo(routes);
    new GrafanaRoutes(twins::of, clock).addTo(routes);
    return routes;
  }

  private static List<ErrorCode> codes() {
    List<ErrorCode> codes = new ArrayList<>(List.of(ModelError.values()));
    codes.addAll(List.of(DeployerError.values()));
    codes.addAll(List.of(CostError.values()));
    return codes;
  }

  /** Of the classes of causes and their places alone: a message may hold a secret. */
  private static String line(Router.Failure failure) {
    StringBuilder line =
        new StringBuilder("The request ")
            .append(failure.id())
            .append(" to ")
            .append(failure.method())
            .append(' ')
            .append(failure.template())
            .append(" failed unexpectedly: ");
    for (Throwable cause = failure.cause(); cause != null; cause = cause.getCause()) {
      line.append(cause.getClass().getName());
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
  private static Vertx eventLoop() {
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
    endpoint.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
