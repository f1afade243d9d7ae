package io.twinloom.server;

import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.deployer.Pause;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.cost.CostRoutes;
import io.twinloom.server.deployments.CredentialRoutes;
import io.twinloom.server.deployments.DeploymentRoutes;
import io.twinloom.server.deployments.Deployments;
import io.twinloom.server.events.EventHub;
import io.twinloom.server.events.EventRoutes;
import io.twinloom.server.grafana.GrafanaRoutes;
import io.twinloom.server.http.Route;
import io.twinloom.server.http.Routes;
import io.twinloom.server.live.LiveRoutes;
import io.twinloom.server.live.LiveTopics;
import io.twinloom.server.live.LiveViews;
import io.twinloom.server.live.OperationRoutes;
import io.twinloom.server.live.OtlpTarget;
import io.twinloom.server.live.SpanExport;
import io.twinloom.server.metrics.MetricRoutes;
import io.twinloom.server.projects.OneProject;
import io.twinloom.server.projects.Projects;
import io.twinloom.server.projects.RecordingRoutes;
import io.twinloom.server.projects.Workspace;
import io.twinloom.server.twin.AuditLog;
import io.twinloom.server.twin.DeadLetterRoutes;
import io.twinloom.server.twin.RunningTwins;
import io.twinloom.server.twin.SceneRoutes;
import io.twinloom.server.twin.ServiceRoutes;
import io.twinloom.server.twin.TwinRoutes;
import io.twinloom.server.why.WhyRoutes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The routes of one twin that runs in this process, and what stands behind them.
 *
 * @param views to be closed with the routes
 * @param hub likewise
 * @param spans likewise; empty where nobody takes them
 */
record TwinRouting(List<Route> routes, LiveViews views, EventHub hub, Optional<SpanExport> spans)
    implements AutoCloseable {

  TwinRouting {
    routes = List.copyOf(routes);
  }

  /** What a server is given by the process that it runs in. */
  record Ambient(
      ServerOptions options, InstantSource clock, RandomGenerator random, UserCodeChecker checker) {

    /** A new id. */
    UUID newId() {
      return WebServer.newId(random);
    }
  }

  /**
   * Makes them.
   *
   * @param later runs something once the present request is answered
   * @param problems takes what went wrong beside the requests, one line each
   */
  static TwinRouting of(
      Ambient ambient,
      RunningProject running,
      Consumer<Runnable> later,
      Consumer<String> problems) {
    InstantSource clock = ambient.clock();
    RunningTwins twins = RunningTwins.of(running, clock);
    AuditLog audit = new AuditLog(clock);
    LiveViews views = new LiveViews(clock, ambient.random(), twins::tokenTimes);
    String id = running.project().topology().twin();
    EventHub hub =
        new EventHub(
            ambient.newId().toString().substring(0, 8),
            id,
            LiveTopics.of(running, views, twins.codeTimes(running)),
            clock,
            (topic, why) -> problems.accept(WebServer.line("The live events " + topic, why)));
    Pause pause =
        Pause.sleeping("Replaying was interrupted.", "Ask for a dry run, and replay what is left.");
    Routes routes = new Routes();
    new SystemRoutes(ambient.options(), new SystemRoutes.Features("up", false, false, true), clock)
        .addTo(routes);
    Projects projects =
        new OneProject(twins, new Workspace(running.data().resolve("edits"), ambient.checker()));
    FolderRouting.projects(projects, ambient.options().outputs(), routes);
    new RecordingRoutes(projects, clock).addTo(routes);
    Deployments none = new Deployments(clock, () -> "", failure -> {});
    new DeploymentRoutes(projects, none).addTo(routes);
    new CredentialRoutes(projects, CloudSupport.all(), ambient.options().environment(), clock)
        .addTo(routes);
    new TwinRoutes(twins, audit).addTo(routes);
    new DeadLetterRoutes(twins, audit, pause).addTo(routes);
    new ServiceRoutes(twins, later).addTo(routes);
    new LiveRoutes(twins, views).addTo(routes);
    new OperationRoutes(twins, views, audit).addTo(routes);
    new MetricRoutes(twins, ambient.options().version(), clock).addTo(routes);
    new SceneRoutes(project -> twins.of(project).project().source()).addTo(routes);
    new GrafanaRoutes(twins::of, clock).addTo(routes);
    new WhyRoutes(twins, clock).addTo(routes);
    new CostRoutes(
            r -> twins.of(r).project(), r -> twins.of(r).control(), BuiltInPrices.read(), clock)
        .addTo(routes);
    new EventRoutes(Map.of(id, hub)).addTo(routes);
    return new TwinRouting(
        routes.list(), views, hub, spans(ambient.options().environment(), running, problems));
  }

  private static Optional<SpanExport> spans(
      Map<String, String> environment, RunningProject running, Consumer<String> problems) {
    try {
      return OtlpTarget.of(environment).map(target -> new SpanExport(running, target, problems));
    } catch (IllegalArgumentException e) {
      problems.accept("No spans are sent: " + e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    spans.ifPresent(SpanExport::close);
    hub.close();
    views.close();
  }
}
