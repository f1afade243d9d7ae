package io.twinloom.runner.aws;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.twinloom.runner.EventBatch;
import io.twinloom.runner.PackagedFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * Gives a Lambda's event to the user function of the package, and answers its result. A failure is
 * an exception, whose message Lambda returns to the caller.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">AWS: Lambda
 *     function handler in Java</a>
 */
public final class UserFunctionHandler implements RequestStreamHandler {

  /** With less than this left no further event of several is started. */
  private static final int LEAST_MILLIS = 15_000;

  private final PackagedFunction function;

  /** Called by Lambda. */
  public UserFunctionHandler() {
    function =
        PackagedFunction.here(System.getenv().getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "function"));
  }

  @Override
  public void handleRequest(InputStream event, OutputStream result, Context context)
      throws IOException {
    byte[] bytes = event.readAllBytes();
    List<byte[]> batch = EventBatch.events(bytes);
    result.write(
        batch.isEmpty()
            ? function.call(bytes)
            : EventBatch.results(
                batch, function::call, () -> context.getRemainingTimeInMillis() < LEAST_MILLIS));
  }
}
