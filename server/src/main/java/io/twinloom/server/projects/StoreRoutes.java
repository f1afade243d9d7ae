package io.twinloom.server.projects;

import io.twinloom.http.Response;
import io.twinloom.http.Upload;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.files.Limits;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Routes;
import java.nio.file.Path;
import java.util.Optional;

/** The routes of projects that come, are replaced and go, and of their kept versions. */
public final class StoreRoutes {

  private final Projects projects;
  private final ProjectCheck check;
  private final Path folder;

  /**
   * @param folder where what is uploaded is kept until it is checked; owner-only
   */
  public StoreRoutes(Projects projects, ProjectCheck check, Path folder) {
    this.projects = projects;
    this.check = check;
    this.folder = folder;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .upload("POST", "/projects", this::create)
        .upload("PUT", "/projects/{project}", this::replace)
        .add("DELETE", "/projects/{project}", this::delete)
        .get("/projects/{project}/versions", this::versions)
        .add("POST", "/projects/{project}/versions/{version}/restore", this::restore);
  }

  private Upload create(ApiRequest request) {
    String id = request.query("name").needed("name");
    return new Upload(
        Limits.MAX_ZIP_BYTES,
        folder,
        (head, zip) -> {
          Optional<String> version = projects.put(id, zip, false);
          return Response.json(201, Json.bytes(uploaded(id, true, version)))
              .with("Location", "/projects/" + id);
        });
  }

  private Upload replace(ApiRequest request) {
    String id = request.in("project");
    var unused = projects.source(id);
    return new Upload(
        Limits.MAX_ZIP_BYTES,
        folder,
        (head, zip) -> Action.ok(uploaded(id, false, projects.put(id, zip, true))));
  }

  private JsonObject uploaded(String id, boolean created, Optional<String> version) {
    return JsonObject.builder()
        .put("id", id)
        .put("created", JsonBoolean.of(created))
        .put("version", ProjectJson.text(version))
        .put("validation", ProjectCheck.json(check.of(projects.source(id))))
        .build();
  }

  private Response delete(ApiRequest request) {
    projects.delete(request.in("project"));
    return new Response(204, "application/json", new byte[0]);
  }

  private JsonObject versions(ApiRequest request) {
    return JsonObject.builder()
        .put(
            "items",
            new JsonArray(
                projects.versions(request.in("project")).stream()
                    .<JsonValue>map(StoreRoutes::version)
                    .toList()))
        .build();
  }

  private static JsonObject version(Projects.KeptVersion version) {
    return JsonObject.builder()
        .put("id", version.id())
        .put("time", version.time().toString())
        .put("bytes", version.bytes())
        .put("files", version.files())
        .build();
  }

  private Response restore(ApiRequest request) {
    String id = request.in("project");
    Path zip = projects.version(id, request.in("version"));
    boolean there = projects.ids().contains(id);
    return Action.ok(uploaded(id, !there, projects.put(id, zip, there)));
  }
}
