package io.twinloom.runner.forms;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  public String pythonForm() {
    return "PYTHON_AZURE";
  }

  /**
   * {@inheritDoc}
   *
   * @see <a href="https://learn.microsoft.com/azure/app-service/reference-app-settings">Azure:
   *     environment variables</a>
   */
  @Override
  public Map<String, String> environment(String function, Path folder) {
    return Map.of(
        "FUNCTIONS_WORKER_RUNTIME", "python",
        "FUNCTIONS_WORKER_RUNTIME_VERSION", UserCodeForms.PYTHON_VERSION,
        "FUNCTIONS_EXTENSION_VERSION", "~4",
        "AZURE_FUNCTIONS_ENVIRONMENT", "Development",
        "AzureWebJobsScriptRoot", folder.toString(),
        "REGION_NAME", "local",
        "WEBSITE_SITE_NAME", function,
        "WEBSITE_HOSTNAME", "localhost");
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
