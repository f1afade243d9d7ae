package io.twinloom.local.observe;

import io.twinloom.json.JsonObject;
import io.twinloom.local.worker.UserFunctions;
import java.time.Duration;

/** User code, whose runs are counted where nothing is around it that is. */
record ObservedUserFunctions(UserFunctions code, TwinActivity activity) implements UserFunctions {

  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    if (!activity.isBare(function)) {
      return code.call(function, event, trace);
    }
    long start = System.nanoTime();
    boolean ok = false;
    try {
      JsonObject result = code.call(function, event, trace);
      ok = true;
      return result;
    } finally {
      activity.ran(function, Duration.ofNanos(System.nanoTime() - start), ok);
    }
  }

  @Override
  public void close() {
    code.close();
  }
}
