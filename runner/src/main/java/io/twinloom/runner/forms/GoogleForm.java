package io.twinloom.runner.forms;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Google Cloud Functions: the handler is the entry point, and Java is found in the one JAR at the
 * root.
 *
 * @see <a href="https://cloud.google.com/functions/docs/runtime-support">Google Cloud: runtime
 *     support</a>
 */
public final class GoogleForm implements UserCodeForm {

  @Override
  public String cloud() {
    return "google";
  }

  @Override
  public Runtime python() {
    return new Runtime("python" + UserCodeForms.PYTHON_VERSION.replace(".", ""), "handler");
  }

  @Override
  public Runtime java() {
    return new Runtime("java21", "io.twinloom.runner.google.UserHttpFunction");
  }

  @Override
  public SortedMap<String, byte[]> pythonEntry() {
    return PythonResources.read("entry/google/", List.of("main.py", "requirements.txt"));
  }

  @Override
  public List<String> pythonLibraries() {
    return List.of("functions-framework", "flask");
  }

  @Override
  public SortedMap<String, byte[]> pythonStandIns() {
    return PythonResources.read(
        "",
        List.of(
            "twinloom_runner/shims/flask/__init__.py",
            "twinloom_runner/shims/functions_framework/__init__.py"));
  }

  @Override
  public String pythonForm() {
    return "PYTHON_GOOGLE";
  }

  /**
   * {@inheritDoc}
   *
   * @see <a href="https://cloud.google.com/run/docs/container-contract#env-vars">Google Cloud:
   *     environment variables</a>
   */
  @Override
  public Map<String, String> environment(String function, Path folder) {
    return Map.of(
        "K_SERVICE",
        function,
        "K_CONFIGURATION",
        function,
        "K_REVISION",
        function + "-00001-loc",
        "FUNCTION_TARGET",
        python().handler(),
        "FUNCTION_SIGNATURE_TYPE",
        "http",
        "PORT",
        "8080");
  }

  @Override
  public String javaRunner() {
    return "function.jar";
  }

  @Override
  public Optional<String> javaEntryPackage() {
    return Optional.of("io.twinloom.runner.google");
  }

  @Override
  public Optional<SizeLimit> unpackedLimit() {
    return Optional.empty();
  }
}
