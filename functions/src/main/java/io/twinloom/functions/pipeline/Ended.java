package io.twinloom.functions.pipeline;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Failed;
import io.twinloom.functions.outcome.Outcome.GivenUp;
import io.twinloom.functions.outcome.Outcome.PutOff;
import io.twinloom.functions.port.InvocationLog;
import java.time.Duration;
import java.util.List;

/** An event that a function was run on, as the log gets it. */
record Ended(Invocation invocation, Outcome outcome) {

  /** How many of several ended in which way. */
  static InvocationLog.Endings counted(List<Ended> all) {
    int failed = 0;
    int putOff = 0;
    int dead = 0;
    for (Ended one : all) {
      failed += one.outcome instanceof Failed ? 1 : 0;
      putOff += one.outcome instanceof PutOff ? 1 : 0;
      dead += one.outcome instanceof GivenUp ? 1 : 0;
    }
    return new InvocationLog.Endings(all.size() - failed - putOff - dead, failed, putOff, dead);
  }

  /** A method of the log that writes the line of an event. */
  interface Line {
    void write(
        String function,
        String sourceCloud,
        String traceId,
        String device,
        String outcome,
        Duration duration);
  }

  void writeLine(Line line, Duration took) {
    line.write(
        invocation.function(),
        invocation.sourceCloud(),
        invocation.traceId(),
        invocation.device(),
        invocation.outcome(),
        took);
  }
}
