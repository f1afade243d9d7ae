package io.twinloom.deployer;

import io.twinloom.model.Problem;
import io.twinloom.model.Problem.Severity;
import io.twinloom.model.Project;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.reading.ProjectReader;
import io.twinloom.model.reading.Reading;
import io.twinloom.packaging.CheckedCode;
import io.twinloom.packaging.UserCodeChecker;
import io.twinloom.topology.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a project, checks all of it, and decides what runs where. */
public final class Preparation {

  /**
   * What came of it.
   *
   * @param project empty if any problem is an error
   */
  public record Outcome(Optional<PreparedProject> project, List<Problem> problems) {
    public Outcome {
      problems = List.copyOf(problems);
    }
  }

  private Preparation() {}

  /**
   * Prepares the project in a folder or ZIP. Its user code is checked whatever else is wrong, so
   * that all problems are reported at once; a ZIP that is refused is a problem of the project.
   *
   * @throws TwinloomException if there is no project, or it cannot be read at all
   */
  public static Outcome of(Path source, UserCodeChecker checker) {
    try (ProjectFiles files = ProjectSource.open(source)) {
      return of(files, source, checker);
    } catch (TwinloomException e) {
      if (ProjectSource.isRefusal(e)) {
        return new Outcome(Optional.empty(), List.of(Problem.of(e)));
      }
      throw e;
    } catch (IOException e) {
      throw new TwinloomException(
          ModelError.PROJECT_UNREADABLE,
          "The project cannot be read: " + FileFailure.reason(e) + ".",
          source.toString(),
          "See that you may read it and that nothing else writes it.",
          true,
          e);
    }
  }

  /**
   * As {@link #of(Path, UserCodeChecker)}, of files that are open: they may be other than those
   * that are at the source, to see what a change would come to.
   *
   * @throws IOException if they cannot be read
   */
  public static Outcome of(ProjectFiles files, Path source, UserCodeChecker checker)
      throws IOException {
    Reading reading = ProjectReader.read(files);
    List<Problem> problems = new ArrayList<>(reading.problems());
    CheckedCode code = checker.check(files, reading.code());
    problems.addAll(code.problems());
    if (reading.project().isEmpty()
        || problems.stream().anyMatch(p -> p.severity() == Severity.ERROR)) {
      return new Outcome(Optional.empty(), problems);
    }
    Project project = reading.project().get();
    Topology topology = Topology.of(project);
    return new Outcome(
        Optional.of(
            new PreparedProject(
                source, ProjectCopies.digest(files), project, topology, code.prepared())),
        problems);
  }
}
