package io.twinloom.server.projects;

import io.twinloom.http.Response;
import io.twinloom.http.Upload;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.files.Limits;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Problems;
import io.twinloom.server.http.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The routes of a project's files: listed, read, checked, and replaced after a check. */
public final class FileRoutes {

  private static final String PATH = "path";

  private final Projects projects;
  private final ProjectCheck check;
  private final Path folder;

  /**
   * @param folder where what is uploaded is kept until it is checked; owner-only
   */
  public FileRoutes(Projects projects, ProjectCheck check, Path folder) {
    this.projects = projects;
    this.check = check;
    this.folder = folder;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/files", this::list)
        .get("/projects/{project}/files/{path}", r -> file(r, r.in(PATH)))
        .add("PUT", "/projects/{project}/files/{path}", r -> put(r, r.in(PATH), r.body()))
        .add("DELETE", "/projects/{project}/files/{path}", this::delete)
        .get("/projects/{project}/config/{name}", r -> file(r, configFile(r)))
        .add("PUT", "/projects/{project}/config/{name}", r -> put(r, configFile(r), r.body()))
        .get("/projects/{project}/validation", this::validation)
        .upload("POST", "/validation/zip", this::validateZip)
        .add("POST", "/validation/file", this::validateFile)
        .add("GET", "/projects/{project}/export", this::export);
  }

  private static String configFile(ApiRequest request) {
    return request.in("name") + ".json";
  }

  private Path source(ApiRequest request) {
    return projects.source(request.in("project"));
  }

  private JsonObject list(ApiRequest request) {
    Path source = source(request);
    List<JsonValue> items = new ArrayList<>();
    try (ProjectFiles files = ProjectSource.open(source)) {
      for (String path : files.below("")) {
        if (ProjectText.isOfProject(path)) {
          items.add(
              JsonObject.builder()
                  .put(PATH, path)
                  .put("bytes", files.size(path))
                  .put("modified", modified(source, path))
                  .put("editable", !ProjectText.isSecret(path))
                  .build());
        }
      }
    } catch (IOException e) {
      throw ProjectText.unreadable(source.toString(), e);
    }
    return JsonObject.builder().put("items", new JsonArray(items)).build();
  }

  private static String modified(Path source, String path) throws IOException {
    Path file = Files.isDirectory(source) ? source.resolve(path) : source;
    return Files.getLastModifiedTime(file).toInstant().toString();
  }

  private JsonObject file(ApiRequest request, String path) {
    ProjectText.Content content = ProjectText.read(source(request), path);
    return JsonObject.builder()
        .put(PATH, path)
        .put("digest", content.digest())
        .put(
            "content",
            content.text().orElseThrow(() -> ApiException.notFound("The file is no text.", path)))
        .put("bytes", content.bytes().length)
        .build();
  }

  private Response put(ApiRequest request, String path, byte[] content) {
    Parameters query = request.query("dryRun", "force");
    ProjectChange change =
        new ProjectChange(projects.folder(request.in("project")), ProjectText.checked(path), check);
    return answer(
        request,
        change.put(content, request.header("if-match"), query.flag("dryRun"), query.flag("force")));
  }

  private Response delete(ApiRequest request) {
    ProjectChange change =
        new ProjectChange(
            projects.folder(request.in("project")), ProjectText.checked(request.in(PATH)), check);
    return answer(request, change.delete(request.query("force").flag("force")));
  }

  private static Response answer(ApiRequest request, ProjectChange.Outcome outcome) {
    if (outcome.refused()) {
      JsonObject problem = Problems.json(ApiException.invalidProject(outcome.path()), request.id());
      return Problems.response(
          problem.toBuilder().put("errors", Problems.ofProject(outcome.problems())).build());
    }
    return Action.ok(
        JsonObject.builder()
            .put(PATH, outcome.path())
            .put("digest", outcome.digest())
            .put("written", outcome.written())
            .put("unchanged", outcome.unchanged())
            .put("problems", Problems.ofProject(outcome.problems()))
            .build());
  }

  private JsonObject validation(ApiRequest request) {
    var unused = request.query("target");
    return ProjectCheck.json(check.of(source(request)));
  }

  private Upload validateZip(ApiRequest request) {
    return new Upload(
        Limits.MAX_ZIP_BYTES, folder, (head, zip) -> Action.ok(ProjectCheck.json(check.of(zip))));
  }

  private Response validateFile(ApiRequest request) {
    Parameters query = request.query(PATH, "project");
    String path = ProjectText.checked(query.needed(PATH));
    if (query.text("project").isEmpty()) {
      return Action.ok(ProjectCheck.json(check.alone(path, request.body())));
    }
    ProjectChange change = new ProjectChange(projects.source(query.needed("project")), path, check);
    return Action.ok(ProjectCheck.json(change.problemsWith(request.body())));
  }

  private Response export(ApiRequest request) {
    var unused = request.query("version");
    byte[] zip = ProjectZip.of(source(request));
    return new Response(200, "application/zip", zip)
        .with(
            "Content-Disposition",
            "attachment; filename=\""
                + request.in("project").replaceAll("[^\\w.-]", "_")
                + ".zip\"");
  }
}
