package io.twinloom.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends what goes on until someone ends it: by Ctrl-C, by the system's request to terminate, or by
 * another command. The process then waits for the command to put its work away, and ends with the
 * command's own exit code: to be ended is how such a command ends well.
 */
public final class Interruption implements AutoCloseable {

  /** Past this, the process ends whether or not everything was put away. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final CompletableFuture<Integer> COMMAND_ENDED = new CompletableFuture<>();

  private final CountDownLatch requested = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");

  private final Duration patience;

  private Interruption(Duration patience) {
    this.patience = patience;
  }

  /** From now on, a request to end this process is one to end what goes on. */
  public static Interruption install() {
    return install(PATIENCE);
  }

  /**
   * The same for work that takes longer to put away.
   *
   * @param patience past this the process ends whether or not everything was put away
   */
  public static Interruption install(Duration patience) {
    Interruption interruption = new Interruption(patience);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** The process has done what it was called for, and is about to end with this exit code. */
  public static void commandEnded(int exitCode) {
    COMMAND_ENDED.complete(exitCode);
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

  /** From now on a request to end this process ends it at once. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already: the hook waits for the command.
    }
  }

  private void interrupted() {
    request();
    // Left to itself, the system would end a process that was signalled with a code of its own.
    Runtime.getRuntime()
        .halt(
            COMMAND_ENDED
                .completeOnTimeout(ExitCode.FAILED, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join());
  }
}
