package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines of the log about a run. */
record RunLines(InvocationLog log, FunctionRuntime runtime, boolean debug) {

  /**
   * Of several events that ended well and are like others, one line speaks for all. Of those that
   * are put off for one reason the first has a line of its own: they have not ended, and all come
   * again.
   */
  void write(String function, List<Ended> all, Duration took) {
    if (all.size() == 1 || debug) {
      all.forEach(one -> one.writeLine(log::invocation, took));
      return;
    }
    log.batch(function, all.getFirst().invocation().traceId(), Ended.counted(all), took);
    for (Ended one : all) {
      if (one.invocation().isDistinct() || runtime.sampling().has(one.invocation().traceId())) {
        one.writeLine(log::eventOfBatch, took);
      }
    }
  }

  /**
   * Notes why an event was put off, where no other of its run was for that reason.
   *
   * @param said the reasons of its run so far, which get this one
   */
  static void putOff(Invocation invocation, TwinloomException why, Set<String> said) {
    if (said.add(why.code())) {
      failure(invocation, why);
    } else {
      invocation.outcome(why.code());
      invocation.isLikeAnother();
    }
  }

  /** Notes why an event failed. */
  static void failure(Invocation invocation, TwinloomException why) {
    invocation.outcome(why.code());
    // What is unexpected was noted with its trace; what is refused is its caller's to know.
    if (why.error() != FunctionsError.INTERNAL && !(why instanceof Refused)) {
      invocation.note(Level.ERROR, why.what(), Map.of("code", why.code(), "fix", why.fix()));
    }
  }
}
