package io.twinloom.server.deploy;

import io.twinloom.http.Response;
import io.twinloom.http.ResponseStream;
import io.twinloom.http.StreamOpener;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.server.error.ServerError;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.server.projects.Projects;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The routes of deployments. Where a server runs one twin itself, there are none to start. */
public final class DeploymentRoutes {

  private static final long STEP_MILLIS = 250;
  private static final int STEPS_PER_HEARTBEAT = 60;

  private final Projects projects;
  private final Optional<Deployments> deployments;

  /**
   * @param deployments empty where a server runs one twin itself
   */
  public DeploymentRoutes(Projects projects, Optional<Deployments> deployments) {
    this.projects = projects;
    this.deployments = deployments;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/deployments", this::list)
        .add("POST", "/projects/{project}/deployments", this::start)
        .get("/projects/{project}/deployments/{deployment}", r -> deployment(r).json())
        .stream("/projects/{project}/deployments/{deployment}/events", this::events)
        .post(
            "/projects/{project}/deployments/{deployment}/cancel",
            r -> {
              deployment(r).cancel();
              return deployment(r).json();
            });
  }

  private Deployments started() {
    return deployments.orElseThrow(
        () ->
            new TwinloomException(
                ServerError.API_ONE_PROJECT,
                ServerError.API_ONE_PROJECT.facts().meaning(),
                "deployments"));
  }

  private Deployment deployment(ApiRequest request) {
    String project = request.in("project");
    var unused = projects.source(project);
    return started().get(project, request.in("deployment"));
  }

  private JsonObject list(ApiRequest request) {
    String project = request.in("project");
    var unused = projects.source(project);
    return JsonObject.builder()
        .put(
            "items",
            new JsonArray(
                deployments.stream()
                    .flatMap(d -> d.of(project).stream())
                    .<JsonValue>map(Deployment::json)
                    .toList()))
        .build();
  }

  private Response start(ApiRequest request) {
    Parameters body = request.members("action", "target", "deleteData", "confirm");
    String project = request.in("project");
    Path source = projects.source(project);
    Deployments here = started();
    body.needed("action");
    boolean destroy =
        body.word("action", Set.of("deploy", "destroy")).equals(Optional.of("destroy"));
    String target = body.word("target", Set.of("local", "cloud")).orElse("local");
    boolean deleteData = body.flag("deleteData");
    if (deleteData || target.equals("cloud")) {
      confirm(source, body.text("confirm"));
    }
    Deployment begun =
        here.start(
            project,
            source,
            destroy ? Deployment.Action.DESTROY : Deployment.Action.DEPLOY,
            target,
            deleteData);
    return Response.json(202, Json.bytes(begun.json()))
        .with("Location", "/projects/" + project + "/deployments/" + begun.id());
  }

  private static void confirm(Path source, Optional<String> given) {
    Optional<String> twin = ProjectReader.read(source).project().map(p -> p.config().name());
    if (given.isEmpty() || !given.equals(twin)) {
      throw new TwinloomException(
          ServerError.API_CONFIRM, ServerError.API_CONFIRM.facts().meaning(), "confirm");
    }
  }

  private StreamOpener events(ApiRequest request) {
    return new Events(deployment(request));
  }

  /** The whole state with each change, until it has ended. */
  private record Events(Deployment deployment) implements StreamOpener {
    @Override
    public String contentType() {
      return "text/event-stream";
    }

    @Override
    public Map<String, String> headers() {
      return Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no");
    }

    @Override
    public void opened(ResponseStream stream) {
      var unused = Thread.startVirtualThread(() -> follow(stream));
    }

    private void follow(ResponseStream stream) {
      String last = "";
      try {
        for (int step = 1; !stream.isClosed(); step++) {
          boolean running = deployment.isRunning();
          String now = Json.text(deployment.json());
          if (!now.equals(last)) {
            stream.write("event: deployment\ndata: " + now + "\n\n");
            last = now;
          }
          if (!running) {
            stream.close();
            return;
          }
          if (step % STEPS_PER_HEARTBEAT == 0) {
            stream.write(": heartbeat\n\n");
          }
          TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
