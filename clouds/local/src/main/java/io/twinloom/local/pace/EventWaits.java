package io.twinloom.local.pace;

import java.util.Arrays;

/** How long the latest writes took that events waited for. Safe for threads. */
final class EventWaits {

  /** Those before are forgotten. */
  private static final int MOST = 4_096;

  private static final double HIGH = 0.95;

  private final long[] nanos = new long[MOST];
  private long added;

  /** Notes one. */
  synchronized void add(long waited) {
    nanos[(int) (added++ % MOST)] = Math.max(1, waited);
  }

  /**
   * What one of twenty was above, in nanoseconds, of those since the last call; 0 where there were
   * none.
   */
  synchronized long takeHigh() {
    int count = (int) Math.min(MOST, added);
    added = 0;
    if (count == 0) {
      return 0;
    }
    Arrays.sort(nanos, 0, count);
    return nanos[(int) (count * HIGH)];
  }
}
