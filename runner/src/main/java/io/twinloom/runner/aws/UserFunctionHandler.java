package io.twinloom.runner.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.twinloom.runner.PackagedFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Gives a Lambda's event to the user function of the package, and answers its result. A failure is
 * an exception, whose message Lambda returns to the caller.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">AWS: Lambda
 *     function handler in Java</a>
 */
public final class UserFunctionHandler implements RequestStreamHandler {
  private final PackagedFunction function;

  /** Called by Lambda. */
  public UserFunctionHandler() {
    function =
        PackagedFunction.here(System.getenv().getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "function"));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream result, Context context)
      throws IOException {
    result.write(function.call(event.readAllBytes()));
  }
}
