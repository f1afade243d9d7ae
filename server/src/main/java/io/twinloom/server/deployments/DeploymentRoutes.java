package io.twinloom.server.deployments;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Progress;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.change.DataImpact;
import io.twinloom.deployer.terraform.PlannedChanges;
import io.twinloom.http.Response;
import io.twinloom.http.StreamOpener;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.deployments.Deployment.Action;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.server.http.UnconfirmedChangeException;
import io.twinloom.server.projects.Projects;
import io.twinloom.server.projects.TwinPlaces;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Deployments and removals of projects. */
public final class DeploymentRoutes {

  private static final String PROJECT = "project";
  private static final String DEPLOYMENT = "deployment";
  private static final String CLOUD = "cloud";
  private static final int ACCEPTED = 202;

  private final Projects projects;
  private final Deployments deployments;

  public DeploymentRoutes(Projects projects, Deployments deployments) {
    this.projects = projects;
    this.deployments = deployments;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    String all = "/projects/{project}/deployments";
    routes
        .get(all, this::list)
        .add("POST", all, this::start)
        .get(all + "/{deployment}", r -> find(r).json())
        .post(all + "/{deployment}/cancel", this::cancel)
        .stream(all + "/{deployment}/events", this::events);
  }

  private JsonObject list(ApiRequest request) {
    String id = request.in(PROJECT);
    var unused = projects.source(id);
    return JsonObject.builder()
        .put(
            "items",
            new JsonArray(deployments.of(id).stream().<JsonValue>map(Deployment::json).toList()))
        .build();
  }

  private Deployment find(ApiRequest request) {
    return deployments.find(request.in(PROJECT), request.in(DEPLOYMENT));
  }

  private JsonObject cancel(ApiRequest request) {
    try {
      return deployments.cancel(request.in(PROJECT), request.in(DEPLOYMENT)).json();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return find(request).json();
    }
  }

  private StreamOpener events(ApiRequest request) {
    return new DeploymentStream(find(request));
  }

  private Response start(ApiRequest request) {
    Parameters body = request.members("action", "target", "deleteData", "confirm");
    Action action =
        Action.valueOf(
            body.word("action", Set.of("deploy", "destroy"))
                .orElseGet(() -> body.needed("action"))
                .toUpperCase(Locale.ROOT));
    String target = body.word("target", Set.of("local", CLOUD)).orElse("local");
    boolean deleteData = body.flag("deleteData");
    String id = request.in(PROJECT);
    TwinPlaces places = projects.folders().places();
    Path folder = projects.source(id);
    Optional<PreparedProject> wanted =
        action == Action.DEPLOY ? Optional.of(projects.valid(id)) : Optional.empty();
    Optional<DataImpact> impact =
        target.equals(CLOUD)
            ? Optional.empty()
            : wanted.flatMap(project -> places.impact(folder, project));
    if (target.equals(CLOUD) || deleteData || impact.isPresent()) {
      confirm(twin(id, places.local(folder)), body.text("confirm"), impact);
    }
    Consumer<Progress> work = work(id, wanted, target, deleteData);
    Deployment deployment = deployments.start(id, action, target, work);
    return Response.json(ACCEPTED, Json.bytes(deployment.json())).with("Cache-Control", "no-store");
  }

  /** The name of the deployed twin, or of the one that would be. */
  private String twin(String id, Target local) {
    return local
        .plan()
        .flatMap(plan -> plan.text("twin"))
        .or(() -> projects.check(id).project().map(p -> p.topology().twin()))
        .orElse(id);
  }

  private static void confirm(String twin, Optional<String> given, Optional<DataImpact> impact) {
    if (given.filter(twin::equals).isPresent()) {
      return;
    }
    String unnamed = ", and \"confirm\" is not the twin's name, " + twin + ".";
    if (impact.isPresent()) {
      throw new UnconfirmedChangeException(
          "This changes what is stored, or what of it can be read: "
              + String.join("; ", impact.get().what())
              + unnamed,
          impact.get());
    }
    throw new TwinloomException(
        ServerError.DEPLOYMENT_CONFIRM, "This deletes data or changes clouds" + unnamed, "confirm");
  }

  /**
   * What a deployment is to do.
   *
   * @param wanted the version that was confirmed, whatever the folder holds by then; empty where
   *     the twin is ended
   */
  private Consumer<Progress> work(
      String id, Optional<PreparedProject> wanted, String target, boolean deleteData) {
    TwinPlaces places = projects.folders().places();
    Path folder = projects.source(id);
    if (wanted.isPresent()) {
      return progress -> {
        var unused =
            target(places, folder, id, target, deleteData, progress).deploy(wanted.get(), progress);
      };
    }
    return progress -> {
      boolean there =
          target(places, folder, id, target, true, progress).destroy(deleteData, progress);
      if (!there) {
        progress.step("There is nothing to end");
      }
    };
  }

  private Target target(
      TwinPlaces places,
      Path folder,
      String id,
      String target,
      boolean mayLose,
      Progress progress) {
    return target.equals(CLOUD)
        ? places.clouds(
            folder, () -> projects.valid(id), changes -> isAllowed(changes, mayLose, progress))
        : places.local(folder);
  }

  /** The request has confirmed what it does; what a deployment loses, only where it says so. */
  private static boolean isAllowed(PlannedChanges changes, boolean mayLose, Progress progress) {
    progress.step(changes.summary());
    if (!mayLose && !changes.losses().isEmpty()) {
      throw new TwinloomException(
          ServerError.DEPLOYMENT_CONFIRM,
          "These hold the twin's data, and would be removed: "
              + changes.losses().stream()
                  .map(PlannedChanges.Change::what)
                  .collect(Collectors.joining(", "))
              + ".",
          "deleteData",
          "Set deleteData where they may go; nothing was changed.");
    }
    return true;
  }
}
