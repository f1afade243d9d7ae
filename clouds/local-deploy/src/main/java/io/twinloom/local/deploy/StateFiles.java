package io.twinloom.local.deploy;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.local.store.KnownStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a twin beside its stores, at one instant: which version in which layout, and what
 * it was started with. The rest of a data folder is made anew, or is a log.
 *
 * @param texts the content by the file's name; a file that is not there is left out
 */
record StateFiles(Map<String, String> texts) {

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
    texts = Map.copyOf(texts);
  }

  static StateFiles of(Path folder) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String name : NAMES) {
      try {
        texts.put(name, Files.readString(folder.resolve(name), StandardCharsets.UTF_8));
      } catch (NoSuchFileException e) {
        // The twin has none.
      }
    }
    return new StateFiles(texts);
  }

  void writeTo(Path folder) {
    for (String name : NAMES) {
      String text = texts.get(name);
      if (text != null) {
        PrivateFiles.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /**
   * Copies the files with secrets: each is whole at any time, and the others do not depend on it.
   */
  static void copySecrets(Path from, Path to) throws IOException {
    for (String name : SECRET) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
