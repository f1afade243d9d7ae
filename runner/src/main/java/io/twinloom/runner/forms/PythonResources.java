package io.twinloom.runner.forms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Python files that a program carries. */
public final class PythonResources {

  private static final String ROOT = "/io/twinloom/runner/python/";

  private PythonResources() {}

  /**
   * Reads files, by their paths below the folder.
   *
   * @param folder below the runner's Python files; empty, or with a slash at its end
   * @throws IllegalStateException if the program lacks one
   */
  public static SortedMap<String, byte[]> read(String folder, List<String> paths) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String path : paths) {
      String resource = ROOT + folder + path;
      try (InputStream in = PythonResources.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException("the program lacks its file " + resource);
        }
        files.put(path, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }
}
