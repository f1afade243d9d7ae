package io.twinloom.server.projects;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.Target;
import io.twinloom.deployer.TargetProblems;
import io.twinloom.http.Upload;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Problem;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Problems;
import io.twinloom.server.http.Routes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with projects and files. */
public final class ValidationRoutes {

  private final Projects projects;

  public ValidationRoutes(Projects projects) {
    this.projects = projects;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/validation", this::project)
        .upload("POST", "/validation/file", this::file);
  }

  private JsonObject project(ApiRequest request) {
    Optional<String> target = request.query("target").word("target", Set.of("local", "cloud"));
    String id = request.in("project");
    var outcome = projects.check(id);
    if (target.isEmpty() || outcome.project().isEmpty()) {
      return json(outcome.problems());
    }
    PreparedProject project = outcome.project().get();
    Target place = projects.target(id, target.get());
    return json(TargetProblems.merged(outcome.problems(), place.check(project.project())));
  }

  private Upload file(ApiRequest request) {
    Parameters query = request.query("path", "project");
    ProjectPath path = ProjectPath.of(query.needed("path"));
    Optional<String> project = query.text("project");
    project.ifPresent(projects::source);
    FileChanges changes = new FileChanges(projects);
    return new Upload(
        FileChanges.MAX_BYTES,
        projects.workspace().uploads(),
        (head, body) -> Action.ok(json(changes.problemsOf(path, project, body))));
  }

  static JsonObject json(List<Problem> problems) {
    return JsonObject.builder()
        .put("valid", !Projects.isInvalid(problems))
        .put("problems", Problems.ofProject(problems))
        .build();
  }
}
