package io.twinloom.aws.invoke;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import java.util.List;

/**
 * What Lambda says of a function that was called and failed: {@code errorType} and {@code
 * errorMessage}.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-exceptions.html">Lambda function
 *     errors in Java</a>
 */
final class FunctionErrors {

  /** A longer text of the function's is cut. */
  private static final int MAX_TEXT = 2_000;

  /** The types with which a function of ours reports what its own text says already. */
  private static final String OURS = "io.twinloom.";

  /** That of what runs around user code in Python, whose errors have no package in their names. */
  private static final String USER_CODE = "UserCodeError";

  private static final List<String> LIMITS =
      List.of(
          "Sandbox.Timedout",
          "Runtime.OutOfMemory",
          "java.lang.OutOfMemoryError",
          "Task timed out after",
          "signal: killed");

  private FunctionErrors() {}

  static InvocationException failure(String function, byte[] payload) {
    String type = "";
    String message = "";
    try {
      if (Json.parse(payload) instanceof JsonObject error) {
        type = error.text("errorType").orElse("");
        message = error.text("errorMessage").orElse("");
      }
    } catch (JsonSyntaxException e) {
      message = "It failed, and said nothing that can be read";
    }
    boolean limit = LIMITS.stream().anyMatch((type + " " + message)::contains);
    return InvocationException.of(
        limit ? Reason.LIMIT_EXCEEDED : Reason.FUNCTION_FAILED,
        said(type, message),
        function,
        limit
            ? "Make it faster or smaller, or give it more time or memory."
            : "See the function's log.");
  }

  static InvocationException noObject(String function, String kind) {
    return InvocationException.returned(kind, function);
  }

  private static String said(String type, String message) {
    String text;
    if (message.isBlank()) {
      text = type.isBlank() ? "It failed, and said nothing" : type;
    } else {
      boolean ours = type.startsWith(OURS) || type.equals(USER_CODE);
      text = type.isBlank() || ours ? message : type + ": " + message;
    }
    return text(text);
  }

  /** A function's text, cut where it is too long. */
  static String text(String said) {
    return said.length() > MAX_TEXT ? said.substring(0, MAX_TEXT) + "…" : said;
  }
}
