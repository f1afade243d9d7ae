package io.twinloom.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends what goes on until someone ends it: by Ctrl-C, by the system's request to terminate, or by
 * another command. The process then waits for the work to be put away, and ends with {@link
 * ExitCode#DONE}: to be ended is how such a command ends well.
 */
public final class Interruption implements AutoCloseable {

  /** Past this, the process ends whether or not everything was put away. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch putAway = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");

  private Interruption() {}

  /** From now on, a request to end this process is one to end what goes on. */
  public static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Asks for the end. */
  public void request() {
    requested.countDown();
  }

  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits until the end is asked for; returns false if it was not within this time. */
  public boolean await(Duration limit) throws InterruptedException {
    return requested.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Waits until the end is asked for. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /** Everything is put away. */
  @Override
  public void close() {
    putAway.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has seen that all is put away.
    }
  }

  private void interrupted() {
    request();
    try {
      putAway.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // The system's own code for a process that was signalled would call this a failure.
    Runtime.getRuntime().halt(putAway.getCount() == 0 ? ExitCode.DONE : ExitCode.FAILED);
  }
}
