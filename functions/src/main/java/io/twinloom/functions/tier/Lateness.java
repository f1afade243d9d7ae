package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.model.text.Count;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Whether the mover out of the hot store keeps up: by how much the oldest item that it has left is
 * past its time.
 */
public final class Lateness {

  /**
   * The measure of it, in hours, at the end of a run that moved or left anything: 0 where what it
   * has left is less than a day past its time.
   */
  public static final String HOURS = "hot-item-overdue-hours";

  /** How often a run has left items that were to be gone a day before. */
  static final String COUNT = "hot-item-overdue";

  /** A daily run has a day for what became due since the one before. */
  private static final Duration ALLOWED = Duration.ofDays(1);

  /** So many devices are looked at. */
  private static final int DEVICES = 20;

  private Lateness() {}

  /**
   * Measures it at the end of a run.
   *
   * @param cutOff what is older is past its time
   * @param endedEarly whether time is what the run lacked: then it warns, while what was refused
   *     has warnings of its own
   */
  static void report(HotStore hot, String cutOff, boolean endedEarly, Invocation invocation) {
    Duration late = oldest(hot, cutOff);
    boolean behind = late.compareTo(ALLOWED) > 0;
    invocation.measure(HOURS, behind ? late.toHours() : 0);
    if (!behind || !endedEarly) {
      return;
    }
    invocation.count(COUNT);
    invocation.note(
        Level.WARN,
        "The mover does not keep up: the oldest item in the hot store is "
            + Count.of(late.toHours(), "hour")
            + " past its time.",
        Map.of("hours", Long.toString(late.toHours())));
  }

  private static Duration oldest(HotStore hot, String cutOff) {
    Duration late = Duration.ZERO;
    for (String device : hot.devicesBefore(cutOff, "", DEVICES)) {
      List<StoredItem> oldest = hot.itemsBefore(device, Timestamps.MIN, cutOff, 1).items();
      if (!oldest.isEmpty()) {
        Duration own =
            Duration.between(
                Instant.parse(oldest.getFirst().place().timestamp()), Instant.parse(cutOff));
        late = own.compareTo(late) > 0 ? own : late;
      }
    }
    return late;
  }
}
