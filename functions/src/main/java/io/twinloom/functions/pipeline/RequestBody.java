package io.twinloom.functions.pipeline;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;

/**
 * A function that answers requests, whose caller hears how it ended: readers, writers of chunks,
 * movers, and what runs a user's code.
 */
@FunctionalInterface
public non-sealed interface RequestBody extends FunctionBody {

  /**
   * Handles a request, whichever way it came: called directly, posted, or, for a reader, the query
   * of a GET with texts as values. The invocation has the request's trace, or a new one.
   *
   * @throws io.twinloom.functions.error.Refused if the request is not what it should be
   * @throws io.twinloom.model.TwinloomException if it failed
   */
  JsonValue run(JsonObject request, Invocation invocation);
}
