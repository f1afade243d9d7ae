package io.twinloom.functions.pipeline;

import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one function does. Its kind says what it is given and what becomes of what it refuses;
 * everything else that functions have in common is in {@link FunctionPipeline}. Called by any
 * thread.
 */
public sealed interface FunctionBody
    permits BatchFunction, EventBody, MessageBody, MovedBody, RequestBody, StepBody {

  /** What is odd about its settings, though it can run: logged once, when the function starts. */
  default List<String> warnings() {
    return List.of();
  }

  /**
   * Whether an event is of no use to it where it cannot pass anything on: then a request is
   * answered so before it is read.
   */
  default boolean onlyPassesOn() {
    return false;
  }

  /** Whether one run may be given several events that wait for it. */
  default boolean takesBatches() {
    return false;
  }

  /**
   * What events must have in common to be given to one run: two that may take very different times,
   * as those of two user functions, have not.
   *
   * @param event as it waits for the function; read only where it is asked for
   */
  default String lane(Supplier<JsonObject> event) {
    return "";
  }
}
