package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.UserCode;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.topology.DeployedFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The functions of projects, and the code of those that are the user's own. */
public final class FunctionRoutes {

  private static final String PROJECT = "project";
  private static final String FUNCTION = "function";

  private final Projects projects;

  public FunctionRoutes(Projects projects) {
    this.projects = projects;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/functions", this::list)
        .get("/projects/{project}/functions/{function}/code", this::code)
        .put("/projects/{project}/functions/{function}/code", this::putCode);
  }

  private JsonObject list(ApiRequest request) {
    String id = request.in(PROJECT);
    PreparedProject project = projects.known(id);
    Optional<PreparedProject> deployed = projects.deployed(id);
    List<FunctionStatus> counts =
        projects.running(id).map(r -> r.control().status().functions()).orElse(List.of());
    List<JsonValue> items = new ArrayList<>();
    for (DeployedFunction function : project.topology().functions()) {
      Optional<FunctionStatus> count =
          counts.stream().filter(c -> c.name().equals(function.name())).findFirst();
      items.add(
          JsonObject.builder()
              .put("name", function.name())
              .put("kind", function.kind().id())
              .put("cloud", function.cloud().id())
              .put("layer", function.layer().title())
              .put("exposed", function.exposed())
              .put("userCode", userCode(function, project, deployed))
              .put("invocations", count.map(FunctionStatus::invocations).orElse(0L))
              .put("errors", count.map(FunctionStatus::errors).orElse(0L))
              .put("why", function.why())
              .build());
    }
    return JsonObject.builder().put("items", new JsonArray(items)).build();
  }

  private static JsonValue userCode(
      DeployedFunction function, PreparedProject project, Optional<PreparedProject> deployed) {
    Optional<UserCode> code = function.userCode();
    if (code.isEmpty()) {
      return JsonNull.NULL;
    }
    UserCode own = code.get();
    String digest = CodeFolder.of(project.source(), own).digest();
    Optional<String> before =
        deployed.flatMap(
            d ->
                d.topology()
                    .function(function.name())
                    .flatMap(DeployedFunction::userCode)
                    .map(c -> CodeFolder.of(d.source(), c).digest()));
    return JsonObject.builder()
        .put("role", own.role().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("path", own.folder())
        .put("digest", digest)
        .put("deployedDigest", ProjectJson.text(before))
        .put("changed", before.filter(d -> !d.equals(digest)).isPresent())
        .put("language", own.form().isPython() ? "python" : "java")
        .build();
  }

  private JsonObject code(ApiRequest request) {
    String id = request.in(PROJECT);
    String function = request.in(FUNCTION);
    CodeFolder folder = CodeFolder.of(projects.source(id), find(id, function));
    List<JsonValue> files = new ArrayList<>();
    folder
        .texts()
        .forEach(
            (path, content) ->
                files.add(JsonObject.builder().put("path", path).put("content", content).build()));
    return JsonObject.builder()
        .put(FUNCTION, function)
        .put("path", folder.code().folder())
        .put("digest", folder.digest())
        .put("files", new JsonArray(files))
        .build();
  }

  /** The code of a function; where the project is invalid, as it was last deployed. */
  private UserCode find(String id, String function) {
    return projects
        .known(id)
        .topology()
        .function(function)
        .flatMap(DeployedFunction::userCode)
        .orElseThrow(
            () -> ApiException.notFound("The twin has no user function of this name.", function));
  }

  private JsonObject putCode(ApiRequest request) {
    String id = request.in(PROJECT);
    String function = request.in(FUNCTION);
    UserCode code = find(id, function);
    Parameters body = request.members("files");
    Map<String, byte[]> files = new TreeMap<>();
    for (JsonValue element : body.list("files")) {
      if (!(element instanceof JsonObject file)
          || !(file.get("path") instanceof JsonString path)
          || !(file.get("content") instanceof JsonString content)) {
        throw ApiException.parameter("files", "A file has \"path\" and \"content\", both texts.");
      }
      String place = ProjectPath.of(code.folder() + "/" + path.value()).toString();
      if (files.put(place, content.value().getBytes(StandardCharsets.UTF_8)) != null) {
        throw ApiException.parameter("files", "The file " + path.value() + " is there twice.");
      }
    }
    if (files.isEmpty()) {
      throw ApiException.parameter("files", "There are no files: a function has at least one.");
    }
    return new CodeChange(projects, id, function, code).make(files);
  }
}
