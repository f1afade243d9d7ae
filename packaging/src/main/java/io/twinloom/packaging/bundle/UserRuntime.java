package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import io.twinloom.model.UserCode.Form;

/**
 * How a cloud runs user code of a language.
 *
 * @param name the cloud's name of the language and its version
 * @param handler what the cloud calls: on AWS the handler, on Google Cloud the entry point; on
 *     Azure the route, or for Java the class that its system artifact calls
 */
record UserRuntime(String name, String handler) {

  /** The Python of all three clouds; libraries with native parts are chosen for it. */
  static final String PYTHON_VERSION = "3.12";

  /**
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html">AWS</a>
   * @see <a href="https://learn.microsoft.com/azure/azure-functions/supported-languages">Azure</a>
   * @see <a href="https://cloud.google.com/functions/docs/runtime-support">Google Cloud</a>
   */
  static UserRuntime of(Provider cloud, Form form) {
    return switch (cloud.id()) {
      case "aws" ->
          form.isPython()
              ? new UserRuntime("python" + PYTHON_VERSION, "twinloom_handler.handler")
              : new UserRuntime("java21", "io.twinloom.runner.aws.UserFunctionHandler");
      case "azure" ->
          form.isPython()
              ? new UserRuntime("python|" + PYTHON_VERSION, "event")
              : new UserRuntime("java|21", "io.twinloom.runner.PackagedFunction");
      case "google" ->
          form.isPython()
              ? new UserRuntime("python" + PYTHON_VERSION.replace(".", ""), "handler")
              : new UserRuntime("java21", "io.twinloom.runner.google.UserHttpFunction");
      default -> throw new IllegalArgumentException(cloud.id());
    };
  }
}
