package io.twinloom.runner.forms;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Azure Functions: the handler is the route, or for Java the class that the system artifact calls.
 *
 * @see <a href="https://learn.microsoft.com/azure/azure-functions/supported-languages">Azure:
 *     supported languages</a>
 */
public final class AzureForm implements UserCodeForm {

  @Override
  public String cloud() {
    return "azure";
  }

  @Override
  public Runtime python() {
    return new Runtime("python|" + UserCodeForms.PYTHON_VERSION, "event");
  }

  @Override
  public Runtime java() {
    return new Runtime("java|21", "io.twinloom.runner.PackagedFunction");
  }

  @Override
  public SortedMap<String, byte[]> pythonEntry() {
    return PythonResources.read("entry/azure/", List.of("function_app.py", "host.json"));
  }

  @Override
  public List<String> pythonLibraries() {
    return List.of("azure-functions");
  }

  @Override
  public SortedMap<String, byte[]> pythonStandIns() {
    return PythonResources.read("", List.of("twinloom_runner/shims/azure/functions/__init__.py"));
  }

  @Override
  public String javaRunner() {
    return "lib/twinloom-runner.jar";
  }

  @Override
  public Optional<String> javaEntryPackage() {
    return Optional.empty();
  }

  @Override
  public Optional<SizeLimit> unpackedLimit() {
    return Optional.empty();
  }
}
