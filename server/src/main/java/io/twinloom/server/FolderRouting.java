package io.twinloom.server;

import io.twinloom.cost.price.BuiltInPrices;
import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.cost.CostRoutes;
import io.twinloom.server.deployments.CredentialRoutes;
import io.twinloom.server.deployments.DeploymentRoutes;
import io.twinloom.server.deployments.Deployments;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Route;
import io.twinloom.server.http.Routes;
import io.twinloom.server.projects.ExportRoutes;
import io.twinloom.server.projects.FileRoutes;
import io.twinloom.server.projects.FunctionRoutes;
import io.twinloom.server.projects.OutputRoutes;
import io.twinloom.server.projects.ProjectFolders;
import io.twinloom.server.projects.ProjectOutputs;
import io.twinloom.server.projects.ProjectRoutes;
import io.twinloom.server.projects.Projects;
import io.twinloom.server.projects.RecordingRoutes;
import io.twinloom.server.projects.SimulatorRoutes;
import io.twinloom.server.projects.UploadRoutes;
import io.twinloom.server.projects.ValidationRoutes;
import io.twinloom.server.proxy.EventRoutes;
import io.twinloom.server.proxy.ProxyRoutes;
import io.twinloom.server.proxy.TwinProxy;
import io.twinloom.server.twin.SceneRoutes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The routes of a folder of projects, whose twins run in processes of their own.
 *
 * @param deployments to be closed with the routes
 * @param proxy likewise
 * @param recordings to be aborted with them: the twins run on
 */
record FolderRouting(
    List<Route> routes, Deployments deployments, TwinProxy proxy, RecordingRoutes recordings)
    implements AutoCloseable {

  private static final int SHORT_ID = 12;

  FolderRouting {
    routes = List.copyOf(routes);
  }

  /**
   * Makes them.
   *
   * @param environment in which clouds' credentials can be, too
   * @param ids new ones, of random hexadecimal digits at first
   * @param failures takes what should not have happened
   */
  static FolderRouting of(
      ServerOptions options,
      ProjectFolders projects,
      Map<String, String> environment,
      InstantSource clock,
      Supplier<String> ids,
      Consumer<Throwable> failures) {
    ApiDocument document = ApiDocument.current();
    Deployments deployments =
        new Deployments(clock, () -> ids.get().substring(0, SHORT_ID), failures);
    TwinProxy proxy = new TwinProxy();
    ProxyRoutes twins = new ProxyRoutes(projects, proxy, document);
    Routes routes = new Routes();
    new SystemRoutes(options, new SystemRoutes.Features("serve", true, true, true), clock)
        .addTo(routes);
    projects(projects, options.outputs(), routes);
    RecordingRoutes recordings = new RecordingRoutes(projects, clock);
    recordings.addTo(routes);
    new DeploymentRoutes(projects, deployments).addTo(routes);
    new CredentialRoutes(projects, CloudSupport.all(), environment, clock).addTo(routes);
    new SceneRoutes(projects::source).addTo(routes);
    new CostRoutes(
            r -> projects.valid(id(r)),
            r -> projects.runningOrRefused(id(r)).control(),
            BuiltInPrices.read(),
            clock)
        .addTo(routes);
    new EventRoutes(projects, twins, proxy, deployments, document, clock).addTo(routes);
    // Last: what no other answers.
    twins.addTo(routes);
    return new FolderRouting(routes.list(), deployments, proxy, recordings);
  }

  private static String id(ApiRequest request) {
    return request.in("project");
  }

  /** What every server answers of its projects, be it one or many. */
  static void projects(Projects projects, ProjectOutputs outputs, Routes routes) {
    new ProjectRoutes(projects).addTo(routes);
    new UploadRoutes(projects, outputs).addTo(routes);
    new ValidationRoutes(projects).addTo(routes);
    new FileRoutes(projects).addTo(routes);
    new ExportRoutes(projects).addTo(routes);
    new FunctionRoutes(projects).addTo(routes);
    new SimulatorRoutes(projects).addTo(routes);
    new OutputRoutes(projects, outputs).addTo(routes);
  }

  @Override
  public void close() {
    recordings.abort();
    deployments.close();
    proxy.close();
  }
}
