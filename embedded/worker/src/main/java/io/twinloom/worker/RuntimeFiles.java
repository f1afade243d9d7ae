package io.twinloom.worker;

import io.twinloom.worker.wire.MarkedProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The files and the environment that workers run with: each has a folder for its temporary files,
 * which is removed with the worker.
 */
final class RuntimeFiles {

  /**
   * What user code sees of the environment: where programs and the home are, language, time zone,
   * and the way out through a proxy. Nothing else, for it may hold secrets of the system.
   */
  private static final List<String> ENVIRONMENT =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "LC_ALL",
          "LC_CTYPE",
          "TZ",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private final Path root;
  private final Isolation isolation;
  private final String marker;
  private final AtomicLong made = new AtomicLong();

  /**
   * @param root is ours alone; what a predecessor that was killed left there is removed
   */
  RuntimeFiles(Path root, Isolation isolation) {
    this.root = root;
    this.isolation = isolation;
    this.marker = ProcessHandle.current().pid() + ":" + root.toAbsolutePath() + ":";
    try {
      delete(root);
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The folder of one worker.
   *
   * @param marker what its processes are known by; empty where none can outlive it
   */
  record Folder(Path path, String marker) implements AutoCloseable {

    /** Ends processes that the worker started and that left its group. */
    void endWhatIsLeft() {
      if (!marker.isEmpty()) {
        MarkedProcesses.end(marker);
      }
    }

    @Override
    public void close() {
      try {
        delete(path);
      } catch (IOException e) {
        // A process that outlived its worker writes there; the next start removes it.
        return;
      }
    }
  }

  /** Has the workers that start from now on see the code of this function, too. */
  void show(WorkerFunction function) {
    isolation.show(function);
  }

  Path root() {
    return root;
  }

  Folder make() throws IOException {
    Path folder = Files.createDirectory(root.resolve("worker-" + made.incrementAndGet()));
    return new Folder(folder, isolation.hasNamespace() ? "" : marker + folder.getFileName());
  }

  Process start(ProcessBuilder builder, Folder folder, Map<String, String> variables)
      throws IOException {
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(ENVIRONMENT);
    environment.putAll(variables);
    environment.put("TMPDIR", folder.path().toString());
    if (!folder.marker().isEmpty()) {
      environment.put(MarkedProcesses.VARIABLE, folder.marker());
    }
    return builder.directory(folder.path().toFile()).start();
  }

  void close() {
    new Folder(root, "").close();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException e)
              throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
