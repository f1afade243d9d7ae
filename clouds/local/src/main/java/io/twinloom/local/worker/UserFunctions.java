package io.twinloom.local.worker;

import io.twinloom.json.JsonObject;

/** Runs user code. */
public interface UserFunctions extends AutoCloseable {

  /**
   * Calls a user function with an event and waits for what it returns.
   *
   * @param trace of the event, which what the function prints is noted with
   * @throws io.twinloom.functions.port.InvocationException if it is unknown, failed, returned no
   *     object, or exceeded its limits; the message is the user's own error, short, with its line
   */
  JsonObject call(String function, JsonObject event, String trace);

  @Override
  void close();
}
