package io.twinloom.local.invoke;

import io.twinloom.json.JsonObject;
import io.twinloom.local.worker.UserFunctions;

/** A cloud whose functions are the system's alone. */
final class NoUserCode implements UserFunctions {
  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    throw new AssertionError("no user function is defined");
  }

  @Override
  public void close() {}
}
