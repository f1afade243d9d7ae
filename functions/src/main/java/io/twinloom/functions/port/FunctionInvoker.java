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

  /**
   * The same for an event whose trace is not in it, as a user's function must not see it: what the
   * function prints is logged with that trace, where the cloud has a way for that.
   */
  default JsonObject call(String function, JsonObject event, String trace) {
    return call(function, event);
  }
}
