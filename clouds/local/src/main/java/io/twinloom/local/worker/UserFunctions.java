package io.twinloom.local.worker;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.json.JsonObject;
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
  default JsonObject call(String function, JsonObject event, String trace) {
    return switch (callAll(function, List.of(new Call(event, trace))).getFirst()) {
      case Called.Returned returned -> returned.result();
      case Called.NotReturned not -> throw not.why();
    };
  }

  /**
   * Calls a user function with several events, which are handed to it together, and each of which
   * succeeds or fails by itself.
   *
   * @return how each call has ended, in order
   */
  List<Called> callAll(String function, List<Call> calls);

  @Override
  void close();
}
