package io.twinloom.local.invoke;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.local.worker.UserFunctions;
import java.util.List;

/** A cloud whose functions are the system's alone. */
final class NoUserCode implements UserFunctions {
  @Override
  public List<Called> callAll(String function, List<Call> calls) {
    throw new AssertionError("no user function is defined");
  }

  @Override
  public void close() {}
}
