package io.twinloom.server.projects;

import io.twinloom.deployer.ProjectSecrets;
import io.twinloom.http.Upload;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of projects. */
public final class FileRoutes {

  private static final String PROJECT = "project";
  private static final String PATH = "path";

  private final Projects projects;

  public FileRoutes(Projects projects) {
    this.projects = projects;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/files", this::list)
        .get("/projects/{project}/files/{path}", r -> file(r, r.in(PATH)))
        .upload("PUT", "/projects/{project}/files/{path}", this::put)
        .delete("/projects/{project}/files/{path}", this::delete)
        .get("/projects/{project}/config/{name}", r -> file(r, config(r)))
        .put("/projects/{project}/config/{name}", this::putConfig);
  }

  private JsonObject list(ApiRequest request) {
    Path source = projects.source(request.in(PROJECT));
    List<JsonValue> items = new ArrayList<>();
    try (ProjectFiles files = ProjectSource.open(source)) {
      Set<String> secrets = ProjectSecrets.of(files);
      for (String path : files.below("")) {
        items.add(
            JsonObject.builder()
                .put(PATH, path)
                .put("bytes", files.size(path))
                .put("modified", FileTimes.of(source, path).toString())
                .put("editable", GivenFile.of(files, path, secrets).isEditable())
                .build());
      }
    } catch (IOException e) {
      throw FolderContents.failed("The project's files cannot be read", source, e);
    }
    return JsonObject.builder().put("items", new JsonArray(items)).build();
  }

  private JsonObject file(ApiRequest request, String path) {
    return given(request, path).json();
  }

  private GivenFile given(ApiRequest request, String path) {
    Path source = projects.source(request.in(PROJECT));
    try (ProjectFiles files = ProjectSource.open(source)) {
      if (files.size(path) < 0) {
        throw ApiException.notFound("The project has no such file.", path);
      }
      return GivenFile.of(files, path, ProjectSecrets.of(files));
    } catch (IOException e) {
      throw FolderContents.failed("The file cannot be read", source, e);
    }
  }

  private static String config(ApiRequest request) {
    String name = request.in("name");
    String path = name + ".json";
    if (!ProjectReader.isConfiguration(path)) {
      throw ApiException.notFound("There is no configuration file of this name.", name);
    }
    return path;
  }

  private Upload put(ApiRequest request) {
    String id = request.in(PROJECT);
    var unused = projects.folder(id);
    ProjectPath path = ProjectPath.of(request.in(PATH));
    FileChanges.Order order = order(request, request.query("dryRun", "force"));
    return new Upload(
        FileChanges.MAX_BYTES,
        projects.workspace().uploads(),
        (head, body) -> Action.ok(make(id, path, body, order)));
  }

  private JsonObject make(String id, ProjectPath path, Path body, FileChanges.Order order) {
    try {
      return new FileChanges(projects).make(id, path, Optional.of(Files.readAllBytes(body)), order);
    } catch (IOException e) {
      throw FolderContents.failed("The body cannot be read", Path.of("body"), e);
    }
  }

  private JsonObject delete(ApiRequest request) {
    ProjectPath path = ProjectPath.of(request.in(PATH));
    return new FileChanges(projects)
        .make(request.in(PROJECT), path, Optional.empty(), order(request, request.query("force")));
  }

  private JsonObject putConfig(ApiRequest request) {
    ProjectPath path = ProjectPath.of(config(request));
    try {
      JsonValue unused = Json.parse(request.body());
    } catch (JsonSyntaxException e) {
      throw ApiException.body("The body is not JSON.");
    }
    return new FileChanges(projects)
        .make(
            request.in(PROJECT),
            path,
            Optional.of(request.body()),
            order(request, request.query("dryRun")));
  }

  private static FileChanges.Order order(ApiRequest request, Parameters query) {
    return new FileChanges.Order(
        query.flag("dryRun"),
        query.flag("force"),
        request.header("if-match").map(tag -> tag.replaceAll("^(W/)?\"|\"$", "")));
  }
}
