package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.UserCode;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.server.http.InvalidProjectException;
import io.twinloom.server.http.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Replaces the code of one function: in the project, and in the running twin where that is as the
 * project was before.
 */
final class CodeChange {

  private final Projects projects;
  private final String id;
  private final String function;
  private final UserCode code;

  CodeChange(Projects projects, String id, String function, UserCode code) {
    this.projects = projects;
    this.id = id;
    this.function = function;
    this.code = code;
  }

  /**
   * Makes it, unless the project would be invalid.
   *
   * @param files all text files of the function's folder, by their paths in the project; other
   *     files stay
   */
  JsonObject make(Map<String, byte[]> files) {
    Path folder = projects.folder(id);
    return projects.workspace().changing(id, () -> change(folder, files));
  }

  private JsonObject change(Path folder, Map<String, byte[]> files) throws IOException {
    Map<String, Optional<byte[]>> changes = new TreeMap<>();
    CodeFolder before;
    CodeFolder after;
    Preparation.Outcome outcome;
    Optional<PreparedProject> former =
        Preparation.of(folder, projects.workspace().checker()).project();
    try (ProjectFiles present = ProjectSource.open(folder)) {
      before = CodeFolder.of(present, code);
      before
          .texts()
          .keySet()
          .forEach(path -> changes.put(code.folder() + "/" + path, Optional.empty()));
      files.forEach((path, content) -> changes.put(path, Optional.of(content)));
      ProjectFiles changed = new ChangedFiles(present, changes);
      FileChanges.refuseTooMuch(changed, folder);
      after = CodeFolder.of(changed, code);
      outcome = Preparation.of(changed, folder, projects.workspace().checker());
    }
    boolean unchanged = before.digest().equals(after.digest());
    if (unchanged) {
      return answer(before.digest(), true, isLive(former), outcome.problems());
    }
    if (outcome.project().isEmpty()) {
      throw InvalidProjectException.ofChange(function, outcome.problems());
    }
    write(folder, changes);
    return answer(
        after.digest(),
        false,
        former.isPresent() && projects.apply(id, former.get()),
        outcome.problems());
  }

  private void write(Path folder, Map<String, Optional<byte[]>> changes) throws IOException {
    FolderWriter writer = new FolderWriter(folder, projects.workspace().aside());
    for (Map.Entry<String, Optional<byte[]>> change : changes.entrySet()) {
      ProjectPath path = ProjectPath.of(change.getKey());
      if (change.getValue().isPresent()) {
        writer.put(path, change.getValue().get(), false);
      } else {
        writer.delete(path);
      }
    }
  }

  /** Whether the running twin is the project as it is. */
  private boolean isLive(Optional<PreparedProject> project) {
    return project.isPresent()
        && projects
            .running(id)
            .flatMap(Projects.Running::digest)
            .filter(digest -> digest.equals(project.get().digest()))
            .isPresent();
  }

  private JsonObject answer(
      String digest, boolean unchanged, boolean live, List<Problem> problems) {
    return JsonObject.builder()
        .put("function", function)
        .put("digest", digest)
        .put("unchanged", unchanged)
        .put("live", live)
        .put("problems", Problems.ofProject(problems))
        .build();
  }
}
