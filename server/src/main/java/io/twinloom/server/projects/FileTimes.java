package io.twinloom.server.projects;

import io.twinloom.model.ProjectFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.ProjectSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** When files of a project were changed. */
final class FileTimes {

  private FileTimes() {}

  /** When the last file of a project was changed; empty where it has none that can be read. */
  static Optional<Instant> newest(Path source) {
    try (ProjectFiles files = ProjectSource.open(source)) {
      Instant newest = Instant.MIN;
      for (String path : files.below("")) {
        Instant time = of(source, path);
        newest = time.isAfter(newest) ? time : newest;
      }
      return newest.equals(Instant.MIN) ? Optional.empty() : Optional.of(newest);
    } catch (TwinloomException | IOException e) {
      return Optional.empty();
    }
  }

  /** When a file was changed; of a ZIP, when that was. */
  static Instant of(Path source, String path) throws IOException {
    return Files.getLastModifiedTime(Files.isDirectory(source) ? source.resolve(path) : source)
        .toInstant();
  }
}
