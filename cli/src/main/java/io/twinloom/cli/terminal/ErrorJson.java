package io.twinloom.cli.terminal;

import io.twinloom.json.JsonObject;
import io.twinloom.model.Problem;
import io.twinloom.model.TwinloomException;
import java.util.List;

/** How a command that fails answers where its result was wanted as JSON. */
public final class ErrorJson {

  private ErrorJson() {}

  /** {@code {"error": {"code", "message", "where", "fix", "retryable", "problems"?}}}. */
  public static JsonObject of(TwinloomException e, List<Problem> problems) {
    return JsonObject.builder().put("error", error(e, problems)).build();
  }

  /** The error alone. */
  public static JsonObject error(TwinloomException e, List<Problem> problems) {
    JsonObject.Builder error =
        JsonObject.builder()
            .put("code", e.code())
            .put("message", e.what())
            .put("where", e.where())
            .put("fix", e.fix())
            .put("retryable", e.retryable());
    if (!problems.isEmpty()) {
      error.put("problems", ProblemText.json(problems));
    }
    return error.build();
  }
}
