package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.HashMap;
import java.util.Map;

/**
 * The room that a queue has for events in progress. A part of it is kept for each function, beyond
 * what there is together: however many others hang on what they have, each goes on with its own.
 * Not safe for threads: its queue's lock guards it.
 */
final class RunningEvents {

  /**
   * So many events that an earlier run has left are in progress at most: as many are suspects when
   * this run is cut short too.
   */
  static final int MOST_LEFT = 200;

  /** The part of all room that each function has for itself. */
  private static final int OWN_PART = 16;

  private static final class Held {
    private int events;
    private long bytes;
    private int left;
  }

  private final QueueLimits limits;
  private final long lastLeft;
  private final Map<String, Held> byFunction = new HashMap<>();
  private final Held all = new Held();

  /**
   * @param lastLeft the highest number of an event that an earlier run has left
   */
  RunningEvents(QueueLimits limits, long lastLeft) {
    this.limits = limits;
    this.lastLeft = lastLeft;
  }

  /** Whether a function has half of all room, so that others go first. */
  boolean hasItsShare(String function) {
    Held own = byFunction.get(function);
    return own != null && own.events >= Math.max(1, limits.running() / 2);
  }

  /** Takes room for a row if there is some; one row of a function may always run. */
  boolean claim(Row row) {
    Held own = byFunction.computeIfAbsent(row.function(), name -> new Held());
    if (own.events > 0 && !isWithin(all, row, 1) && !isWithin(own, row, OWN_PART)) {
      return false;
    }
    boolean left = row.number() <= lastLeft;
    if (left && own.left > 0 && all.left + row.count() > MOST_LEFT) {
      return false;
    }
    count(own, row.count(), row.size(), left);
    count(all, row.count(), row.size(), left);
    return true;
  }

  private boolean isWithin(Held held, Row row, int part) {
    return held.events + row.count() <= limits.running() / part
        && held.bytes + row.size() <= limits.runningBytes() / part;
  }

  private static void count(Held held, int events, long bytes, boolean left) {
    held.events += events;
    held.bytes += bytes;
    held.left += left ? events : 0;
  }

  /** One event of a row is in memory no more. */
  void release(Row row, int size) {
    boolean left = row.number() <= lastLeft;
    count(all, -1, -size, left);
    Held own = byFunction.get(row.function());
    if (own != null) {
      count(own, -1, -size, left);
    }
  }

  boolean isEmpty() {
    return all.events == 0;
  }
}
