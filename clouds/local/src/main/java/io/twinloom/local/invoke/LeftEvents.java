package io.twinloom.local.invoke;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.local.invoke.EventTable.Row;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts events, and counts the attempts of those that an earlier run has left: such an event may
 * be what ended that run. Its attempt is on disk before it begins, so one that a crash cuts short
 * counts, and no event can end every run that follows. The last attempt is made alone, so that of
 * several that ran side by side the innocent are done before the guilty one ends another run.
 *
 * <p>An event of this run costs nothing more: what it may end, the next run counts.
 */
final class LeftEvents {

  /** What becomes of an event. */
  interface Outcome {

    void start(Row row);

    /** All attempts were cut short. */
    void dead(Row row, InvocationException why);
  }

  private final EventTable table;
  private final int attempts;
  private final long last;
  private final Outcome outcome;
  private final Deque<Row> lastAttempts = new ArrayDeque<>();
  private @Nullable Row alone;

  /**
   * @param attempts as many an event has in all
   */
  LeftEvents(EventTable table, int attempts, Outcome outcome) {
    this.table = table;
    this.attempts = attempts;
    this.last = table.lastNumber();
    this.outcome = outcome;
  }

  /** Whether an earlier run has left it. */
  boolean isLeft(Row row) {
    return row.number() <= last;
  }

  /** Starts an event for which there is room. */
  void start(Row row) {
    if (!isLeft(row)) {
      outcome.start(row);
    } else if (row.count() > 1 && row.attempts() > 0) {
      split(row);
    } else if (row.attempts() >= attempts) {
      outcome.dead(
          row.failed(attempts - 1, row.postponed(), row.since()), cutShort(row.function()));
    } else if (row.attempts() < attempts - 1) {
      countAndStart(row);
    } else {
      startAlone(row);
    }
  }

  /** Of several events, one may have ended the run: from now on each is counted for itself. */
  private void split(Row row) {
    List<Row> singles = new ArrayList<>(row.count());
    for (byte[] event : RowEvents.apart(row.events(), row.count())) {
      singles.add(
          new Row(row.number() + singles.size(), row.function(), event)
              .failed(row.attempts(), row.postponed(), row.since()));
    }
    table
        .split(row, singles)
        .whenComplete(
            (done, failed) -> {
              if (failed == null) {
                singles.forEach(this::start);
              } else {
                outcome.start(row);
              }
            });
  }

  private void countAndStart(Row row) {
    table.attempted(row).whenComplete((done, failed) -> outcome.start(row));
  }

  private InvocationException cutShort(String function) {
    return InvocationException.of(
        Reason.FUNCTION_FAILED,
        "The twin ended in each of "
            + attempts
            + " attempts before the event was done: it may be what ended it",
        function,
        "Look at what the twin said when it ended; the event can be replayed afterwards.");
  }

  private void startAlone(Row row) {
    synchronized (this) {
      if (alone != null) {
        lastAttempts.add(row);
        return;
      }
      alone = row;
    }
    countAndStart(row);
  }

  /** Takes note that an event has run. */
  void ran(Row row) {
    Row next;
    synchronized (this) {
      if (alone != row) {
        return;
      }
      next = lastAttempts.poll();
      alone = next;
    }
    if (next != null) {
      countAndStart(next);
    }
  }
}
