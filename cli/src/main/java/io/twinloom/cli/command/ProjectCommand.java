package io.twinloom.cli.command;

import io.twinloom.cli.terminal.ExitCode;
import io.twinloom.cli.terminal.Output;
import io.twinloom.cli.terminal.ProblemText;
import io.twinloom.cli.terminal.ShellWord;
import io.twinloom.deployer.Preparation;
import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.local.deploy.LocalTarget;
import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.files.ProjectSource;
import io.twinloom.model.reading.ProjectReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands have that are about a project. */
@SuppressWarnings("NullAway.Init")
abstract class ProjectCommand extends TwinloomCommand {

  @Parameters(index = "0", paramLabel = "PROJECT", description = "The project's folder or ZIP.")
  private Path project;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the twin's data is on this machine (default: .twinloom in the project).")
  private @Nullable Path data;

  final Path project() {
    return terminal().folder().resolve(project).normalize();
  }

  /** The project as the user named it, as a word of a shell. */
  final String named() {
    return ShellWord.of(project.toString());
  }

  /** What another command about the same twin is given, as words of a shell. */
  final String sameTwin() {
    return data == null ? named() : named() + " --data " + ShellWord.of(data.toString());
  }

  final Path data() {
    return data == null
        ? LocalTarget.dataOf(project())
        : terminal().folder().resolve(data).normalize();
  }

  /** The project if it is valid; else its problems are printed. Warnings are printed either way. */
  final Optional<PreparedProject> prepared(Output output) {
    Preparation.Outcome outcome = Preparation.of(project(), codeChecker());
    List<Problem> printed =
        outcome.project().isPresent()
            ? outcome.problems().stream().filter(this::isOfInterest).toList()
            : outcome.problems().stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .toList();
    ProblemText.lines(printed, output).forEach(output::note);
    if (outcome.project().isEmpty()) {
      output.error(
          new TwinloomException(
              DeployerError.PROJECT_INVALID,
              "The project is invalid.",
              named(),
              "'twinloom validate " + named() + "' says all that is wrong with it."),
          printed);
    }
    return outcome.project();
  }

  /**
   * The deployed project, or else the present one as far as it can be read, without its code; empty
   * where it cannot. For commands that ask a twin which runs whatever has become of its project.
   */
  final Optional<ProjectDevices> devices() {
    try (ProjectFiles files = ProjectSource.open(deployedCopy().orElseGet(this::project))) {
      return ProjectReader.read(files).project().map(ProjectDevices::new);
    } catch (TwinloomException | IOException e) {
      return Optional.empty();
    }
  }

  /** Where the deployed project is, if its target keeps a copy on this machine. */
  Optional<Path> deployedCopy() {
    return LocalTarget.deployedCopy(data());
  }

  /** Whether what matters on the clouds alone is of interest. */
  boolean isForClouds() {
    return true;
  }

  private boolean isOfInterest(Problem problem) {
    return isForClouds() || !problem.code().equals(ModelError.USER_MISSING.code());
  }

  /** For commands that need a valid project. */
  @FunctionalInterface
  interface WithProject {
    int run(PreparedProject project) throws Exception;
  }

  final int withProject(Output output, WithProject work) throws Exception {
    Optional<PreparedProject> prepared = prepared(output);
    return prepared.isPresent() ? work.run(prepared.get()) : ExitCode.INVALID;
  }
}
