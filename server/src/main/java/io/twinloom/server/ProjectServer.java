package io.twinloom.server;

import io.twinloom.cost.error.CostError;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ModelError;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.deploy.CredentialsRoutes;
import io.twinloom.server.deploy.DeploymentRoutes;
import io.twinloom.server.deploy.Deployments;
import io.twinloom.server.deploy.ServedTargets;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.Route;
import io.twinloom.server.http.Routes;
import io.twinloom.server.projects.CodeRoutes;
import io.twinloom.server.projects.FileRoutes;
import io.twinloom.server.projects.FolderProjects;
import io.twinloom.server.projects.ProjectCheck;
import io.twinloom.server.projects.ProjectRoutes;
import io.twinloom.server.projects.ProjectState;
import io.twinloom.server.projects.Projects;
import io.twinloom.server.projects.StoreRoutes;
import io.twinloom.server.proxy.TwinProxy;
import io.twinloom.topology.Topology;
import io.twinloom.topology.plan.PlanJson;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The routes of a server for all projects of a folder: their files and deployments are its own, and
 * whatever is asked of a twin that runs is answered by the server in that twin's process.
 */
final class ProjectServer {

  private ProjectServer() {}

  /** Makes the routes. */
  static List<Route> routes(ServerOptions options, ServedProjects served) {
    Path root = served.root();
    ServedTargets targets = served.targets();
    UserCodeChecker checker = served.checker();
    InstantSource clock = served.clock();
    Projects projects =
        new FolderProjects(
            root,
            clock,
            project ->
                targets
                    .running(project)
                    .map(r -> new ProjectState.Deployed("local", Optional.empty())));
    Path aside = root.resolve(FolderProjects.VERSIONS).resolve(".uploads");
    PrivateFiles.makeFolder(root.resolve(FolderProjects.VERSIONS));
    PrivateFiles.makeFolder(aside);
    ProjectCheck check = new ProjectCheck(checker, aside);
    Deployments deployments =
        new Deployments(
            targets, checker, clock, () -> UUID.randomUUID().toString().substring(0, 8));
    Routes routes = new Routes();
    new SystemRoutes(options, new SystemRoutes.Features("serve", true, true, true), codes(), clock)
        .addTo(routes);
    new ProjectRoutes(projects).addTo(routes);
    new FileRoutes(projects, check, aside).addTo(routes);
    new StoreRoutes(projects, check, aside).addTo(routes);
    new DeploymentRoutes(projects, Optional.of(deployments)).addTo(routes);
    // Whether a twin takes it over is known to the twin's own server.
    new CodeRoutes(projects, check, (project, folder) -> false).addTo(routes);
    new CredentialsRoutes(projects, checker, options.environment(), clock).addTo(routes);
    routes.get("/projects/{project}/plan", r -> plan(projects.state(r.in("project"))));
    passOn(routes, new TwinProxy(projects, targets));
    return routes.list();
  }

  private static JsonObject plan(ProjectState state) {
    return PlanJson.of(
        Topology.of(state.project().orElseThrow(() -> ApiException.notDeployable(state.id()))));
  }

  /** Every other route of the document is the twin's. */
  private static void passOn(Routes routes, TwinProxy proxy) {
    routes.stream("/events", proxy::events)
        .add("GET", "/metrics", proxy::metrics)
        .add("GET", "/traces/{trace}", proxy::trace);
    Set<String> own =
        routes.list().stream()
            .map(r -> r.method() + " " + r.template())
            .collect(Collectors.toSet());
    Action pass = proxy::pass;
    Action named = proxy::passNamed;
    for (ApiDocument.Operation operation : ApiDocument.load().operations()) {
      if (!own.contains(operation.method() + " " + operation.path())) {
        boolean inPath = operation.path().startsWith("/projects/{project}/");
        routes.add(operation.method(), operation.path(), inPath ? pass : named);
      }
    }
  }

  private static List<ErrorCode> codes() {
    List<ErrorCode> codes = new ArrayList<>(List.of(ModelError.values()));
    codes.addAll(List.of(DeployerError.values()));
    codes.addAll(List.of(CostError.values()));
    return codes;
  }
}
