package io.twinloom.server.projects;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.server.http.Routes;

/** What projects there are, and what they are. */
public final class ProjectRoutes {

  private final Projects projects;

  public ProjectRoutes(Projects projects) {
    this.projects = projects;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects", r -> list())
        .get(
            "/projects/{project}",
            r -> ProjectJson.whole(ProjectState.of(projects, r.in("project"))));
  }

  private JsonObject list() {
    return JsonObject.builder()
        .put(
            "items",
            new JsonArray(
                projects.ids().stream()
                    .<JsonValue>map(id -> ProjectJson.summary(ProjectState.of(projects, id)))
                    .toList()))
        .build();
  }
}
