package io.twinloom.runner.google;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import io.twinloom.runner.PackagedFunction;
import java.io.IOException;
import java.io.InputStream;

/**
 * Gives a request's body to the user function of the package, and answers its result. Who may call
 * it is decided by the cloud before.
 *
 * @see <a href="https://github.com/GoogleCloudPlatform/functions-framework-java">Functions
 *     Framework</a>
 */
public final class UserHttpFunction implements HttpFunction {
  private static final int METHOD_NOT_ALLOWED = 405;

  private final PackagedFunction function;

  /** Called by the functions framework. */
  public UserHttpFunction() {
    function = PackagedFunction.here(System.getenv().getOrDefault("K_SERVICE", "function"));
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    if (!request.getMethod().equals("POST")) {
      response.setStatusCode(METHOD_NOT_ALLOWED);
      return;
    }
    byte[] event;
    try (InputStream body = request.getInputStream()) {
      event = body.readAllBytes();
    }
    PackagedFunction.Answer answer = function.answer(event);
    response.setStatusCode(answer.status());
    response.setContentType("application/json");
    response.getOutputStream().write(answer.body());
  }
}
