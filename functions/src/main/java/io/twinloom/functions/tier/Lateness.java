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

/** Tells that a mover does not keep up: what it has left in the hot store is long past its time. */
final class Lateness {

  /** How often a run has left items that were to be gone a day before. */
  static final String COUNT = "hot-item-overdue";

  /** A daily run has a day for what became due since the one before. */
  private static final Duration ALLOWED = Duration.ofDays(1);

  /** So many devices are looked at. */
  private static final int DEVICES = 20;

  private Lateness() {}

  /**
   * Looks at the end of a run.
   *
   * @param cutOff what is older is past its time
   */
  static void report(HotStore hot, String cutOff, Invocation invocation) {
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
    if (late.compareTo(ALLOWED) > 0) {
      invocation.count(COUNT);
      invocation.note(
          Level.WARN,
          "The mover does not keep up: the oldest item in the hot store is "
              + Count.of(late.toHours(), "hour")
              + " past its time.",
          Map.of("hours", Long.toString(late.toHours())));
    }
  }
}
