package io.twinloom.local.pace;

import java.util.Arrays;

/** How long the writes took that events waited for, since somebody last asked. Safe for threads. */
final class EventWaits {

  /** More of a window are not kept: what they would say is known by then. */
  private static final int MOST = 4_096;

  private static final double HIGH = 0.95;

  /**
   * The waits of a time.
   *
   * @param median in nanoseconds
   * @param high what one of twenty is above, in nanoseconds
   */
  record Window(long median, long high) {

    /** One without any event. */
    static final Window EMPTY = new Window(0, 0);

    boolean isEmpty() {
      return equals(EMPTY);
    }
  }

  private final long[] nanos = new long[MOST];
  private int count;

  /** Notes one. */
  synchronized void add(long waited) {
    if (count < MOST) {
      nanos[count++] = Math.max(1, waited);
    }
  }

  /** Those since the last call. */
  synchronized Window take() {
    if (count == 0) {
      return Window.EMPTY;
    }
    Arrays.sort(nanos, 0, count);
    Window window = new Window(nanos[count / 2], nanos[(int) (count * HIGH)]);
    count = 0;
    return window;
  }
}
