package io.twinloom.functions.port;

import io.twinloom.json.JsonObject;

/** Calls other functions of the same cloud, by name. */
public interface FunctionInvoker extends AsyncInvoker {

  /**
   * Calls a function and waits for its result.
   *
   * @throws InvocationException if the function is unknown, failed, or took longer than allowed
   */
  JsonObject call(String function, JsonObject event);
}
