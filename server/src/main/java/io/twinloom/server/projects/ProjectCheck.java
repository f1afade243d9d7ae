package io.twinloom.server.projects;

import io.twinloom.deployer.Preparation;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.TwinloomException;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.server.http.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks projects as the command does, their user code included. */
public final class ProjectCheck {

  private final UserCodeChecker checker;
  private final Path folder;

  /**
   * @param folder for files that are checked and not kept; owner-only
   */
  public ProjectCheck(UserCodeChecker checker, Path folder) {
    this.checker = checker;
    this.folder = folder;
  }

  /** Everything that is wrong with the project in a folder or ZIP. */
  List<Problem> of(Path source) {
    try {
      return Preparation.of(source, checker).problems();
    } catch (TwinloomException e) {
      return List.of(Problem.of(e));
    }
  }

  /** What is wrong with one file by itself: its problems in a project of nothing else. */
  List<Problem> alone(String path, byte[] content) {
    try {
      Path project = Files.createTempDirectory(folder, "file-");
      try {
        Path file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        return of(project).stream().filter(p -> p.file().equals(path)).toList();
      } finally {
        Folders.delete(project);
      }
    } catch (IOException e) {
      throw ProjectText.unreadable(path, e);
    }
  }

  /** A place for files that are checked. */
  Path folder() {
    return folder;
  }

  static boolean isValid(List<Problem> problems) {
    return problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
  }

  static JsonObject json(List<Problem> problems) {
    return JsonObject.builder()
        .put("valid", isValid(problems))
        .put("problems", Problems.ofProject(problems))
        .build();
  }
}
