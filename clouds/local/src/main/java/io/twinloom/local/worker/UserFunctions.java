package io.twinloom.local.worker;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

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

  /**
   * Calls a user function with several events, each of which succeeds or fails by itself.
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

  @Override
  void close();
}
