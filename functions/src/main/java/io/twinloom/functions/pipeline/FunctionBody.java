package io.twinloom.functions.pipeline;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;

/** What one function does. Called by any thread. */
@FunctionalInterface
public interface FunctionBody {

  /**
   * Handles an event, whichever way it came: called directly, posted, or, for a reader, the query
   * of a GET with texts as values.
   *
   * @throws io.twinloom.functions.error.Refused if the event is not what it should be
   * @throws io.twinloom.model.TwinloomException if it failed
   */
  JsonValue run(JsonObject event, Invocation invocation);
}
