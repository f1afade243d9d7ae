package io.twinloom.runner.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The runner's Python files, by their paths below the folder that Python imports them from. */
public final class PythonFiles {

  private static final String RUNNER = "twinloom_runner/";

  private static final List<String> CALLING =
      List.of(RUNNER + "__init__.py", RUNNER + "calling.py", RUNNER + "cloud_forms.py");

  private static final List<String> AZURE_SHIM =
      List.of(RUNNER + "shims/azure/functions/__init__.py");

  private static final List<String> GOOGLE_SHIMS =
      List.of(RUNNER + "shims/flask/__init__.py", RUNNER + "shims/functions_framework/__init__.py");

  private PythonFiles() {}

  /** The clouds whose packages have an entry module of their own. */
  public enum Cloud {
    AWS,
    AZURE,
    GOOGLE;

    private List<String> files() {
      return switch (this) {
        case AWS -> List.of("twinloom_handler.py");
        case AZURE -> List.of("function_app.py", "host.json");
        case GOOGLE -> List.of("main.py", "requirements.txt");
      };
    }

    private String folder() {
      return "entry/" + name().toLowerCase(java.util.Locale.ROOT) + "/";
    }
  }

  /** What a local worker needs: it has no cloud's own library. */
  public static SortedMap<String, byte[]> forWorker() {
    SortedMap<String, byte[]> files = read("", CALLING);
    files.putAll(read("", AZURE_SHIM));
    files.putAll(read("", GOOGLE_SHIMS));
    return files;
  }

  /**
   * What a package for a cloud needs: its entry module, and what stands in for the libraries of the
   * other clouds. Those of its own are there.
   */
  public static SortedMap<String, byte[]> forPackage(Cloud cloud) {
    List<String> shared = new ArrayList<>(CALLING);
    shared.add(RUNNER + "packaged.py");
    if (cloud != Cloud.AZURE) {
      shared.addAll(AZURE_SHIM);
    }
    if (cloud != Cloud.GOOGLE) {
      shared.addAll(GOOGLE_SHIMS);
    }
    SortedMap<String, byte[]> files = read("", shared);
    files.putAll(read(cloud.folder(), cloud.files()));
    return Collections.unmodifiableSortedMap(files);
  }

  private static SortedMap<String, byte[]> read(String folder, List<String> paths) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String path : paths) {
      String resource = "/io/twinloom/runner/python/" + folder + path;
      try (InputStream in = PythonFiles.class.getResourceAsStream(resource)) {
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
