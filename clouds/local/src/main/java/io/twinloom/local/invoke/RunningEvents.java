package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.HashMap;
import java.util.Map;

/**
 * The room that a queue has for events in progress. Not safe for threads: its queue's lock guards
 * it.
 */
final class RunningEvents implements ReadyEvents.Room {

  /** So many events that an earlier run has left are in progress at most. */
  static final int MOST_LEFT = 200;

  private final QueueLimits limits;
  private final Map<String, Integer> byFunction = new HashMap<>();
  private int events;
  private long bytes;

  RunningEvents(QueueLimits limits) {
    this.limits = limits;
  }

  /** {@inheritDoc} It has half of all room. */
  @Override
  public boolean hasItsShare(String function) {
    return byFunction.getOrDefault(function, 0) >= Math.max(1, limits.running() / 2);
  }

  /** {@inheritDoc} One row may always run, however large. */
  @Override
  public boolean claim(Row row) {
    long size = row.size();
    boolean full = events + row.count() > limits.running() || bytes + size > limits.runningBytes();
    if (events > 0 && full) {
      return false;
    }
    events += row.count();
    bytes += size;
    byFunction.merge(row.function(), row.count(), Integer::sum);
    return true;
  }

  /**
   * Whether there is room for a row that an earlier run has left: each has an attempt less if this
   * run ends too, so that there are not too many whose last attempt is made alone.
   */
  boolean hasRoomForLeft(Row row) {
    return events == 0 || events + row.count() <= MOST_LEFT;
  }

  /** One event of a row is in memory no more. */
  void release(Row row, int size) {
    events--;
    bytes -= size;
    byFunction.merge(row.function(), -1, Integer::sum);
  }

  boolean isEmpty() {
    return events == 0;
  }
}
