package io.twinloom.server.projects;

import io.twinloom.http.Response;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.json.Sha256;
import io.twinloom.model.Problem;
import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.UserCode;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Problems;
import io.twinloom.server.http.Routes;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The routes of one function's user code: its files read, and replaced after a check. */
public final class CodeRoutes {

  private static final String PATH = "path";
  private static final String CONTENT = "content";

  /** Whether what runs is this version of a project's file, so that no deployment is needed. */
  @FunctionalInterface
  public interface Live {

    /**
     * Waits a moment for a running twin to take over what was written.
     *
     * @param folder of the code, in the project
     */
    boolean takesOver(String project, String folder);
  }

  private final Projects projects;
  private final ProjectCheck check;
  private final Live live;

  public CodeRoutes(Projects projects, ProjectCheck check, Live live) {
    this.projects = projects;
    this.check = check;
    this.live = live;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/functions/{function}/code", this::read)
        .add("PUT", "/projects/{project}/functions/{function}/code", this::replace);
  }

  private UserCode code(ApiRequest request) {
    String function = request.in("function");
    Project project =
        projects
            .state(request.in("project"))
            .project()
            .orElseThrow(() -> ApiException.notDeployable(request.in("project")));
    return Topology.of(project)
        .function(function)
        .flatMap(f -> f.userCode())
        .orElseThrow(
            () -> ApiException.notFound("The twin has no user function of this name.", function));
  }

  private JsonObject read(ApiRequest request) {
    UserCode code = code(request);
    Map<String, byte[]> files = files(projects.source(request.in("project")), code);
    List<JsonValue> shown = new ArrayList<>();
    files.forEach(
        (path, bytes) ->
            new ProjectText.Content(path, bytes)
                .text()
                .ifPresent(
                    text ->
                        shown.add(
                            JsonObject.builder().put(PATH, path).put(CONTENT, text).build())));
    return JsonObject.builder()
        .put("function", request.in("function"))
        .put(PATH, code.folder())
        .put("digest", digest(files))
        .put("files", new JsonArray(shown))
        .build();
  }

  /** The files of a function's folder, by their paths in it. */
  private static Map<String, byte[]> files(Path source, UserCode code) {
    Map<String, byte[]> all = new LinkedHashMap<>();
    try (ProjectFiles files = ProjectSource.open(source)) {
      for (String path : files.below(code.folder())) {
        all.put(path.substring(code.folder().length() + 1), files.read(path).orElse(new byte[0]));
      }
    } catch (IOException e) {
      throw ProjectText.unreadable(code.folder(), e);
    }
    return all;
  }

  private static String digest(Map<String, byte[]> files) {
    StringBuilder all = new StringBuilder();
    files.forEach((path, bytes) -> all.append(path).append('\0').append(Sha256.hex(bytes)));
    return Sha256.hex(all.toString());
  }

  /** Only files that are named are written; others of the folder stay. */
  private Response replace(ApiRequest request) {
    UserCode code = code(request);
    String project = request.in("project");
    Path folder = projects.folder(project);
    List<Problem> problems = new ArrayList<>();
    boolean written = false;
    for (JsonValue value : request.json().array("files").orElse(JsonArray.EMPTY)) {
      ProjectChange.Outcome outcome = write(value, code, folder);
      if (outcome.refused()) {
        JsonObject problem =
            Problems.json(ApiException.invalidProject(outcome.path()), request.id());
        return Problems.response(
            problem.toBuilder().put("errors", Problems.ofProject(outcome.problems())).build());
      }
      written |= outcome.written();
      problems.clear();
      problems.addAll(outcome.problems());
    }
    return Action.ok(
        JsonObject.builder()
            .put("function", request.in("function"))
            .put("digest", digest(files(folder, code)))
            .put("unchanged", !written)
            .put("live", JsonBoolean.of(!written || live.takesOver(project, code.folder())))
            .put("problems", Problems.ofProject(problems))
            .build());
  }

  private ProjectChange.Outcome write(JsonValue value, UserCode code, Path folder) {
    if (value instanceof JsonObject file
        && file.get(PATH) instanceof JsonString path
        && file.get(CONTENT) instanceof JsonString content) {
      String whole = ProjectText.checked(code.folder() + "/" + path.value());
      return new ProjectChange(folder, whole, check)
          .put(content.value().getBytes(StandardCharsets.UTF_8), Optional.empty(), false, false);
    }
    throw ApiException.parameter("files", "\"files\" is not a list of {\"path\", \"content\"}.");
  }
}
