package io.twinloom.local.observe;

import io.twinloom.functions.port.FunctionInvoker.Call;
import io.twinloom.functions.port.FunctionInvoker.Called;
import io.twinloom.local.worker.UserFunctions;
import java.time.Duration;
import java.util.List;

/** User code, whose runs are counted where nothing is around it that is. */
record ObservedUserFunctions(UserFunctions code, TwinActivity activity) implements UserFunctions {

  @Override
  public List<Called> callAll(String function, List<Call> calls) {
    if (!activity.isBare(function) || calls.isEmpty()) {
      return code.callAll(function, calls);
    }
    long start = System.nanoTime();
    int failed = calls.size();
    try {
      List<Called> ended = code.callAll(function, calls);
      failed = (int) ended.stream().filter(Called.NotReturned.class::isInstance).count();
      return ended;
    } finally {
      // One runs after the other.
      Duration each = Duration.ofNanos((System.nanoTime() - start) / calls.size());
      activity.ran(function, each, calls.size() - failed, true);
      activity.ran(function, each, failed, false);
    }
  }

  @Override
  public void close() {
    code.close();
  }
}
