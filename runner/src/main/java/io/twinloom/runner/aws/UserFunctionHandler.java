package io.twinloom.runner.aws;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.twinloom.runner.EventBatch;
import io.twinloom.runner.PackagedFunction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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

  private static final String TRACE = "trace_id";

  private final UserLines lines;
  private final PackagedFunction function;

  /** Called by Lambda. */
  public UserFunctionHandler() {
    String name = System.getenv().getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "function");
    lines = UserLines.ofProcess(System.getenv().getOrDefault("TWINLOOM_FUNCTION_NAME", name));
    function = PackagedFunction.here(name);
    lines.end();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream result, Context context)
      throws IOException {
    byte[] bytes = event.readAllBytes();
    List<byte[]> batch = EventBatch.events(bytes);
    if (batch.isEmpty()) {
      result.write(call(bytes, trace(bytes, context)));
      return;
    }
    Iterator<String> traces = EventBatch.traces(bytes).iterator();
    result.write(
        EventBatch.results(
            batch,
            one -> call(one, traces.hasNext() ? traces.next() : ""),
            () -> context.getRemainingTimeInMillis() < LEAST_MILLIS));
  }

  private byte[] call(byte[] event, String trace) {
    lines.begin(trace);
    try {
      return function.call(event);
    } finally {
      lines.end();
    }
  }

  /** A processor's event must not have it, so its caller says it beside; others have it in them. */
  private static String trace(byte[] event, Context context) {
    return Optional.ofNullable(context.getClientContext())
        .map(ClientContext::getCustom)
        .map(custom -> custom.get(TRACE))
        .orElseGet(() -> EventBatch.text(event, TRACE));
  }
}
