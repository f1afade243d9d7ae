package io.twinloom.aws.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How fast a table is asked, by its answers: a little faster with each that it takes, half as fast
 * where it throttles. For all threads of a process, so that several devices' deletions share what
 * the table gives. Safe for threads.
 */
final class Pace {

  /** One request that is throttled so often means that the table gives nothing at all. */
  static final int MOST_TRIES = 40;

  /** A pause between two requests: none at first, and none again after enough answers. */
  private static final long LEAST_NANOS = TimeUnit.MICROSECONDS.toNanos(250);

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Of several that are throttled together one slows the pace down. */
  private static final long ONCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A pause is shortened by this part with each answer. */
  private static final int SHORTENED_BY = 512;

  /** Waits, as {@link Thread#sleep(Duration)} does. */
  @FunctionalInterface
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  /** Time that goes on steadily. */
  @FunctionalInterface
  interface Ticker {
    long nanos();
  }

  private final Pause pause;
  private final Ticker ticker;
  private long between;
  private long nextAt;
  private long slowedAt;
  private boolean slowed;

  Pace(Pause pause, Ticker ticker) {
    this.pause = pause;
    this.ticker = ticker;
  }

  /** Waits until the next request may go. */
  void await() {
    long wait = nanosToWait();
    if (wait <= 0) {
      return;
    }
    try {
      pause.of(Duration.ofNanos(wait));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a store was asked", e);
    }
  }

  private synchronized long nanosToWait() {
    if (between == 0) {
      return 0;
    }
    long now = ticker.nanos();
    nextAt = Math.max(nextAt, now) + between;
    return nextAt - between - now;
  }

  /** A request was taken. */
  synchronized void taken() {
    between -= between / SHORTENED_BY;
    if (between < LEAST_NANOS) {
      between = 0;
    }
  }

  /** A request was throttled. */
  synchronized void throttled() {
    long now = ticker.nanos();
    if (slowed && now - slowedAt < ONCE_NANOS) {
      return;
    }
    slowed = true;
    slowedAt = now;
    between = Math.min(MOST_NANOS, Math.max(2 * between, 2 * LEAST_NANOS));
    nextAt = Math.max(nextAt, now) + between;
  }
}
