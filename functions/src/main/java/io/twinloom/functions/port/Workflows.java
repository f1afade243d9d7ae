package io.twinloom.functions.port;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import java.util.List;

/**
 * The workflows of a cloud: functions one after the other. An adapter starts them in its cloud's
 * own service; locally that is the cloud's queue.
 */
public interface Workflows {

  /**
   * What a workflow is to do.
   *
   * @param functions their names, in their order; at least one
   * @param input what each is given; those after the first also get the result of the one before as
   *     {@code result}
   */
  record Run(List<String> functions, JsonObject input) {
    public Run {
      functions = List.copyOf(functions);
      if (functions.isEmpty()) {
        throw new IllegalArgumentException("a workflow runs at least one function");
      }
    }

    /** The run as a workflow's input, and as a dead letter's event. */
    public JsonObject toJson() {
      JsonObject.Builder json =
          JsonObject.builder().put("functions", JsonArray.ofTexts(functions)).put("input", input);
      input.text("trace_id").ifPresent(trace -> json.put("trace_id", trace));
      return json.build();
    }

    /**
     * Reads what {@link #toJson} writes.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Run of(JsonObject json) {
      return new Run(
          json.array("functions").orElse(JsonArray.EMPTY).values().stream()
              .filter(JsonString.class::isInstance)
              .map(name -> ((JsonString) name).value())
              .toList(),
          json.object("input").orElse(JsonObject.EMPTY));
    }
  }

  /**
   * Starts a run, which goes on by itself: each function at least once, a failing one tried again
   * without those before it, and a dead letter with the one that failed in the end. When this
   * returns, the run is at least as safe as what caused it.
   *
   * @param workflow the workflow's name, or whatever its cloud calls it by
   * @throws InvocationException if there is no such workflow, or the run cannot be kept
   */
  void start(String workflow, Run run);
}
