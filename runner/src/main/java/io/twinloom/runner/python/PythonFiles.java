package io.twinloom.runner.python;

import io.twinloom.runner.forms.PythonResources;
import io.twinloom.runner.forms.UserCodeForm;
import io.twinloom.runner.forms.UserCodeForms;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The runner's Python files, by their paths below the folder that Python imports them from. */
public final class PythonFiles {

  private static final String RUNNER = "twinloom_runner/";

  private static final List<String> CALLING =
      List.of(
          RUNNER + "__init__.py",
          RUNNER + "calling.py",
          RUNNER + "cloud_forms.py",
          RUNNER + "logs.py",
          RUNNER + "printed.py");

  private PythonFiles() {}

  /** What a local worker needs: it has no cloud's own library. */
  public static SortedMap<String, byte[]> forWorker() {
    SortedMap<String, byte[]> files = new TreeMap<>(PythonResources.read("", CALLING));
    UserCodeForms.all().forEach(form -> files.putAll(form.pythonStandIns()));
    return files;
  }

  /**
   * What a package for a cloud needs: its entry module, and what stands in for the libraries of the
   * other clouds. Those of its own are there.
   */
  public static SortedMap<String, byte[]> forPackage(UserCodeForm cloud) {
    SortedMap<String, byte[]> files = new TreeMap<>(PythonResources.read("", CALLING));
    files.putAll(PythonResources.read("", List.of(RUNNER + "packaged.py")));
    for (UserCodeForm other : UserCodeForms.all()) {
      if (!other.cloud().equals(cloud.cloud())) {
        files.putAll(other.pythonStandIns());
      }
    }
    files.putAll(cloud.pythonEntry());
    return Collections.unmodifiableSortedMap(files);
  }
}
