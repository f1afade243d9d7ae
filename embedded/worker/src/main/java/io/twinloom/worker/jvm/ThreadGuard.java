package io.twinloom.worker.jvm;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends the process when user code starts threads without end: they would starve the machine. */
public final class ThreadGuard {

  /** As many live threads as one event, or several together, may have. */
  public static final int MAX_THREADS = 1_000;

  /** What the process says at last; the system tells the user in its own words. */
  public static final String LAST_WORDS = "twinloom worker: too many threads";

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private ThreadGuard() {}

  /**
   * @param lastWords writes to the error stream of the process
   */
  static void run(java.io.PrintStream lastWords) {
    while (Thread.activeCount() <= MAX_THREADS) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    lastWords.println(LAST_WORDS);
    Runtime.getRuntime().halt(1);
  }
}
