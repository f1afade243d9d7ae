package io.twinloom.server.proxy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.http.Response;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import io.twinloom.server.projects.ProjectFolders;
import io.twinloom.server.projects.TwinPlaces;
import io.twinloom.server.projects.TwinPlaces.Address;
import io.twinloom.topology.plan.PlanJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is asked of the twins of a folder's projects: answered by the process of each. Every route
 * of the document that is about a project and that nothing else answers is one of these.
 */
public final class ProxyRoutes {

  private static final String ABOUT_PROJECT = "/projects/{project}/";

  private final ProjectFolders projects;
  private final TwinProxy proxy;
  private final ApiDocument document;

  public ProxyRoutes(ProjectFolders projects, TwinProxy proxy, ApiDocument document) {
    this.projects = projects;
    this.proxy = proxy;
    this.document = document;
  }

  /**
   * Adds the routes to a table, in which all others about projects are already.
   *
   * @param routes stay as they are where they answer already
   */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/plan", r -> PlanJson.of(valid(r).topology()))
        .add("GET", "/projects/{project}/status", this::status)
        .add("GET", "/traces/{trace}", this::trace)
        .add("GET", "/metrics", this::metrics);
    Set<String> there =
        routes.list().stream()
            .map(route -> route.method() + " " + route.template())
            .collect(Collectors.toSet());
    for (ApiDocument.Operation operation : document.operations()) {
      if (!there.contains(operation.method() + " " + operation.path())) {
        Action action =
            operation.path().startsWith(ABOUT_PROJECT)
                ? r -> proxy.forward(running(r), r)
                : r -> proxy.forward(named(r), r, r.head().path());
        routes.add(operation.method(), operation.path(), action);
      }
    }
  }

  /** The twin that a parameter names; else the only one that runs. */
  private Address named(ApiRequest request) {
    String given = request.head().query().get("project");
    if (given != null) {
      return running(given);
    }
    Map<String, Address> all = running();
    if (all.size() != 1) {
      throw ApiException.parameter(
          "project", "\"project\" is missing: " + all.size() + " twins run.");
    }
    return all.values().iterator().next();
  }

  private PreparedProject valid(ApiRequest request) {
    return projects.valid(request.in("project"));
  }

  /** Where the twin of a request's project is asked. */
  private Address running(ApiRequest request) {
    return running(request.in("project"));
  }

  private Address running(String id) {
    Path folder = projects.source(id);
    TwinPlaces places = projects.places();
    return places.running(folder).orElseThrow(() -> places.local(folder).absent(id));
  }

  private Response status(ApiRequest request) {
    String id = request.in("project");
    Optional<Address> running = projects.places().running(projects.source(id));
    return running.isPresent() ? proxy.forward(running.get(), request) : Action.ok(stopped(id));
  }

  /** How a twin is that does not run. */
  JsonObject stopped(String id) {
    PreparedProject project = projects.deployed(id).orElseGet(() -> projects.valid(id));
    return StatusJson.write(projects.places().stopped(projects.source(id), project));
  }

  /** Of whichever twin has it. */
  private Response trace(ApiRequest request) {
    for (Address twin : running().values()) {
      Response answer = proxy.forward(twin, request, request.head().path());
      if (answer.status() != 404) {
        return answer;
      }
    }
    throw ApiException.notFound("No twin that runs has this trace.", request.in("trace"));
  }

  private Response metrics(ApiRequest request) {
    MergedMetrics merged = new MergedMetrics();
    running()
        .forEach(
            (id, twin) -> {
              Response answer = proxy.forward(twin, request, "/metrics");
              if (answer.status() == 200) {
                merged.add(id, new String(answer.body(), StandardCharsets.UTF_8));
              }
            });
    return new Response(200, MergedMetrics.TYPE, merged.text().getBytes(StandardCharsets.UTF_8))
        .with("Cache-Control", "no-store");
  }

  private Map<String, Address> running() {
    Map<String, Address> running = new LinkedHashMap<>();
    for (String id : projects.ids()) {
      try {
        projects.places().running(projects.source(id)).ifPresent(a -> running.put(id, a));
      } catch (TwinloomException e) {
        // It was deleted just now.
        continue;
      }
    }
    return running;
  }
}
