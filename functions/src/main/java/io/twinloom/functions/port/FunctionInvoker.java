package io.twinloom.functions.port;

import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

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

  /** One of several calls of a function. */
  record Call(JsonObject event, String trace) {}

  /** How a call has ended. */
  sealed interface Called {

    /** The function returned this. */
    record Returned(JsonObject result) implements Called {}

    /** It did not. */
    record NotReturned(InvocationException why) implements Called {}
  }

  /**
   * Calls a function with several events, each of which succeeds or fails by itself, and waits for
   * all of them.
   *
   * @return how each call has ended, in order
   */
  default List<Called> callAll(String function, List<Call> calls) {
    List<Called> ended = new ArrayList<>(calls.size());
    for (Call call : calls) {
      try {
        ended.add(new Called.Returned(call(function, call.event(), call.trace())));
      } catch (InvocationException e) {
        ended.add(new Called.NotReturned(e));
      }
    }
    return ended;
  }
}
