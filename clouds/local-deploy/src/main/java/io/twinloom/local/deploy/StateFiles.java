package io.twinloom.local.deploy;

import io.twinloom.local.store.KnownStores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What is kept of a twin beside its stores, at one instant: which version in which layout, and what
 * it was started with. The rest of a data folder is made anew, or is a log.
 *
 * @param contents by the files' names; a file that is not there is left out
 */
record StateFiles(Map<String, ByteBuffer> contents) {

  /** The last one makes a folder a whole one. */
  private static final List<String> NAMES =
      List.of(
          KnownStores.FILE,
          "options.json",
          "plan.json",
          "journal.json",
          FormerSettings.FILE,
          FormerVersions.FILE,
          "deployed.json");

  private static final List<String> SECRET = List.of("config_inter_cloud.json", "mqtt.json");

  StateFiles {
    contents = Map.copyOf(contents);
  }

  static StateFiles of(Path folder) throws IOException {
    Map<String, ByteBuffer> contents = new LinkedHashMap<>();
    for (String name : NAMES) {
      try {
        contents.put(name, ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name))));
      } catch (NoSuchFileException e) {
        // The twin has none.
      }
    }
    return new StateFiles(contents);
  }

  void writeTo(Path folder) throws IOException {
    for (String name : NAMES) {
      ByteBuffer content = contents.get(name);
      if (content != null) {
        Path file = folder.resolve(name);
        Files.write(file, content.array());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  /** Copies the files with secrets: each is whole at any time, and nothing else depends on it. */
  static void copySecrets(Path from, Path to) throws IOException {
    for (String name : SECRET) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /**
   * Copies the versions that a twin runs, may go back to, or still needs for what waits.
   *
   * @param to has the state that says which these are
   */
  static void copyProjects(LocalDataFolder from, LocalDataFolder to) throws IOException {
    for (String digest : to.versionsInUse()) {
      if (Files.isDirectory(from.projects().resolve(digest))) {
        copy(from.projects().resolve(digest), to.projects().resolve(digest));
      }
    }
  }

  private static void copy(Path folder, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path made = to.resolve(folder.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(made.getParent()));
        Files.copy(file, made, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
