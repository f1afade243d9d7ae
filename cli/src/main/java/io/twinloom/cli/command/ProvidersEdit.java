package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.cost.placement.PlacementFile;
import io.twinloom.model.Placement;
import io.twinloom.model.Problem;
import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Changes the placement in a project's {@code config_providers.json}. */
record ProvidersEdit(Path project) {

  static final String FILE = PlacementFile.PATH;

  /**
   * Writes a placement; layers that the twin lacks, and all other members, stay as they are. A
   * placement that the project is not valid with is not written.
   *
   * @return whether the file has changed
   * @throws TwinloomException if it cannot be written, or the project is invalid with it
   */
  boolean write(Placement placement) {
    if (!Files.isDirectory(project)) {
      throw new TwinloomException(
          CliError.PROVIDERS_WRITE,
          "The project is not a folder, so its files cannot be changed.",
          project.toString());
    }
    Path file = project.resolve(FILE);
    try {
      byte[] before = Files.readAllBytes(file);
      Optional<byte[]> changed = PlacementFile.written(before, placement);
      if (changed.isEmpty()) {
        return false;
      }
      try (ProjectFiles files = ProjectSource.open(project)) {
        List<Problem> problems = PlacementFile.problems(files, placement);
        if (!problems.isEmpty()) {
          throw new TwinloomException(
              CliError.PROVIDERS_WRITE,
              "With the recommended placement the project is invalid: "
                  + problems.getFirst().message(),
              FILE,
              "Pin the layer that cannot move with --pin.");
        }
      }
      replace(file, changed.get());
      return true;
    } catch (IOException e) {
      throw new TwinloomException(
          CliError.PROVIDERS_WRITE,
          "The placement cannot be written: " + FileFailure.reason(e) + ".",
          file.toString(),
          CliError.PROVIDERS_WRITE.fix(),
          e);
    }
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
