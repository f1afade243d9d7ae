package io.twinloom.server.projects;

import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.server.error.ServerError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder, and what cannot be done with them. */
final class FolderContents {

  private FolderContents() {}

  /** The files below a folder, each by its path in it with forward slashes, sorted. */
  static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }

  /** That something cannot be read or written; the text of the cause may name nothing secret. */
  static TwinloomException failed(String what, Path where, IOException cause) {
    return new TwinloomException(
        ServerError.PROJECT_STORE,
        what + ": " + FileFailure.reason(cause) + ".",
        where.toString(),
        ServerError.PROJECT_STORE.fix(),
        cause);
  }
}
