package io.twinloom.local.invoke;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.StoreException;
import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.model.text.Count;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts events, and those that an earlier run has left such that none of them can end every run
 * that follows, while none pays for a process that ended for another reason. What was left is noted
 * on disk before it begins. What was under way so when a run ended is suspect in the next one, and
 * runs with no other suspect beside it; only then does the end of the process count against it.
 *
 * <p>An event of this run costs nothing more: what it may end, the next run notes.
 */
final class LeftEvents {

  /** What becomes of an event. */
  interface Outcome {

    void start(Row row);

    /** The process ended as often as it may while this one was the only suspect under way. */
    void dead(Row row, InvocationException why);
  }

  private final Interruptions interruptions;
  private final int attempts;
  private final long last;
  private final Outcome outcome;
  private final Suspects suspects;

  /**
   * @param attempts so often the process may end while an event is the only suspect under way
   * @param last the highest number of an event that an earlier run has left
   */
  LeftEvents(Interruptions interruptions, int attempts, long last, Outcome outcome) {
    this.interruptions = interruptions;
    this.attempts = attempts;
    this.last = last;
    this.outcome = outcome;
    this.suspects = new Suspects(interruptions.read());
  }

  private boolean isLeft(Row row) {
    return row.number() <= last;
  }

  /** Starts an event for which there is room. */
  void start(Row row) {
    if (!isLeft(row)) {
      outcome.start(row);
    } else if (!isSuspect(row)) {
      interruptions.begin(row, 0).whenComplete((done, failed) -> outcome.start(row));
    } else if (row.count() > 1) {
      split(row);
    } else {
      startAlone(row);
    }
  }

  private synchronized boolean isSuspect(Row row) {
    return suspects.contains(row);
  }

  private void split(Row row) {
    List<Row> singles = new ArrayList<>(row.count());
    for (byte[] event : RowEvents.apart(row.events(), row.count())) {
      singles.add(
          new Row(row.number() + singles.size(), row.function(), event)
              .failed(row.attempts(), row.postponed(), row.since()));
    }
    interruptions
        .split(row, singles)
        .whenComplete(
            (done, failed) -> {
              if (failed == null) {
                synchronized (this) {
                  suspects.split(row, singles);
                }
                singles.forEach(this::startAlone);
              } else {
                outcome.start(row);
              }
            });
  }

  private void startAlone(Row row) {
    if (isGuilty(row)) {
      outcome.dead(row.failed(attempts - 1, row.postponed(), row.since()), guilty(row.function()));
    } else {
      synchronized (this) {
        suspects.add(row);
      }
    }
    startNext();
  }

  private synchronized boolean isGuilty(Row row) {
    boolean guilty = suspects.alone(row) >= attempts;
    if (guilty) {
      suspects.remove(row);
    }
    return guilty;
  }

  private void startNext() {
    Row next;
    int alone;
    synchronized (this) {
      next = suspects.next();
      alone = next == null ? 0 : suspects.alone(next);
    }
    if (next != null) {
      startNoted(next, alone + 1);
    }
  }

  private void startNoted(Row row, int alone) {
    interruptions.begin(row, alone).whenComplete((done, failed) -> outcome.start(row));
  }

  private InvocationException guilty(String function) {
    return InvocationException.of(
        Reason.FUNCTION_FAILED,
        "The twin ended in each of "
            + Count.of(attempts, "attempt")
            + " made of this event alone: it is what ended it",
        function,
        "Look at what the twin said when it ended; the event can be replayed afterwards.");
  }

  /** Takes note that an event has run to its end, well or not. */
  void ran(Row row) {
    if (!isLeft(row)) {
      return;
    }
    interruptions.end(row);
    synchronized (this) {
      suspects.remove(row);
    }
    startNext();
  }

  /** Takes note that the process ends in order: what is under way then is not what ended it. */
  void stopped() {
    try {
      interruptions.clear();
    } catch (StoreException e) {
      // The store writes nothing any more: what runs then is suspect at the next start.
      return;
    }
  }
}
