package io.twinloom.aws.invoke;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One call of user code for several events: {@code {"twinloom_batch": 1, "events": […], "traces":
 * […]}}, answered with {@code {"twinloom_batch": 1, "results": [{"result"} | {"error"}, …]}}. An
 * event by itself always has a {@code device_id}, which this has not. Fewer results than events
 * mean that the rest was not started: there was no time for it, or the answer would have been too
 * large.
 */
final class BatchCall {
  private static final String MARK = "twinloom_batch";
  private static final int VERSION = 1;

  /** A request has 6 MB at most; an event that user code is given has 192 KiB, plus its numbers. */
  private static final int MAX_BYTES = 5 * 1024 * 1024;

  private BatchCall() {}

  /** A call for as many of the events as one request takes, from the first on. */
  static JsonObject of(List<Call> calls) {
    List<JsonValue> events = new ArrayList<>();
    List<String> traces = new ArrayList<>();
    long bytes = 0;
    for (Call call : calls) {
      bytes += Json.bytes(call.event()).length;
      if (bytes > MAX_BYTES && !events.isEmpty()) {
        break;
      }
      events.add(call.event());
      traces.add(call.trace());
    }
    return JsonObject.builder()
        .put(MARK, VERSION)
        .put("events", new JsonArray(events))
        .put("traces", JsonArray.ofTexts(traces))
        .build();
  }

  /**
   * What became of the events that were started.
   *
   * @return none where the answer is not one of a batch
   */
  static List<Called> answered(String function, JsonObject answer, int events) {
    Optional<JsonArray> results = answer.has(MARK) ? answer.array("results") : Optional.empty();
    if (results.isEmpty() || results.get().values().size() > events) {
      return List.of();
    }
    List<Called> ended = new ArrayList<>();
    for (JsonValue element : results.get().values()) {
      if (!(element instanceof JsonObject one)) {
        return List.of();
      }
      ended.add(
          one.object("result")
              .<Called>map(Called.Returned::new)
              .orElseGet(() -> new Called.NotReturned(failure(function, one))));
    }
    return ended;
  }

  private static InvocationException failure(String function, JsonObject one) {
    return InvocationException.of(
        Reason.FUNCTION_FAILED,
        FunctionErrors.text(one.text("error").orElse("It failed, and said nothing")),
        function,
        "See the function's log.");
  }
}
