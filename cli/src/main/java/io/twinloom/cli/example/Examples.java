package io.twinloom.cli.example;

import io.twinloom.cli.error.CliError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.FolderTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes project folders from the examples. */
public final class Examples {

  /** The examples' names, the simplest first. */
  public static final List<String> NAMES = List.of("minimal", "greenhouse");

  /** A first 'git add .' must not commit secrets and measurements. */
  private static final String GITIGNORE =
      """
      # What twinloom keeps of a twin: measurements, tokens, keys.
      .twinloom/
      # Secrets: the tokens of the connections between clouds, the clouds' credentials.
      config_inter_cloud.json
      config_credentials.json

      __pycache__/
      """;

  private Examples() {}

  /**
   * Copies an example into a folder, with what editors check its files by.
   *
   * @return the files that were written, relative to the folder
   * @throws TwinloomException if there is no such example, the folder holds something already, or
   *     it cannot be written
   */
  public static List<String> copy(String example, Path folder) {
    if (!NAMES.contains(example)) {
      throw new TwinloomException(
          CliError.EXAMPLE_UNKNOWN,
          "There is no example '" + example + "'.",
          "--from",
          "Choose one of " + String.join(", ", NAMES) + ".");
    }
    try {
      if (Files.exists(folder) && !isEmptyFolder(folder)) {
        throw new TwinloomException(
            CliError.INIT_NOT_EMPTY,
            "There is something in this place already; nothing was written.",
            folder.toString(),
            "Name a folder that does not exist yet, or an empty one.");
      }
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (String file : files(example)) {
        files.put(file, read(example, file));
      }
      files.putAll(EditorFiles.all());
      files.put(".gitignore", GITIGNORE.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        Files.createDirectories(target.getParent() == null ? folder : target.getParent());
        Files.write(target, file.getValue());
      }
      return List.copyOf(files.keySet());
    } catch (IOException e) {
      clear(folder);
      throw new TwinloomException(
          CliError.INIT_WRITE,
          "The project cannot be written: " + FileFailure.reason(e) + ".",
          folder.toString(),
          "See that the folder above it is writable.",
          e);
    }
  }

  /** Half a project would stand in the way of the next attempt; there was nothing before. */
  private static void clear(Path folder) {
    try (Stream<Path> written = Files.list(folder)) {
      for (Path one : written.toList()) {
        FolderTree.delete(one);
      }
    } catch (IOException e) {
      // What cannot be removed either is named by the error that led here.
      return;
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static List<String> files(String example) throws IOException {
    return new String(read(example, "files.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(l -> !l.isBlank())
        .toList();
  }

  private static byte[] read(String example, String file) throws IOException {
    String name = "/examples/" + example + "/" + file;
    try (InputStream in = Examples.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + name);
      }
      return in.readAllBytes();
    }
  }
}
