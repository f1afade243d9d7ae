package io.twinloom.server.projects;

import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done with folders as a whole. Links are never followed. */
final class FolderTree {

  private FolderTree() {}

  /** Deletes a folder with all that is in it, where it is there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

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
        what + ": " + cause.getClass().getSimpleName() + ".",
        where.toString(),
        ServerError.PROJECT_STORE.fix(),
        cause);
  }
}
