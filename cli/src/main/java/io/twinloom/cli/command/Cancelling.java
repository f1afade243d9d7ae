package io.twinloom.cli.command;

import io.twinloom.cli.terminal.Interruption;
import java.time.Duration;

/**
 * Lets long work on the clouds end in order when the user asks for its end: the thread that does it
 * is interrupted, brings to its end what it is making just now, and says where it stands.
 */
final class Cancelling implements AutoCloseable {

  /** A cloud takes its time to make some things, and they must not be lost track of. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Interruption interruption;
  private final Thread watcher;

  private Cancelling(Interruption interruption, Thread watcher) {
    this.interruption = interruption;
    this.watcher = watcher;
  }

  /** From now on the request to end this process interrupts the calling thread. */
  static Cancelling ofThisThread() {
    Interruption interruption = Interruption.install(PATIENCE);
    Thread worker = Thread.currentThread();
    Thread watcher =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    interruption.await();
                    worker.interrupt();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    return new Cancelling(interruption, watcher);
  }

  @Override
  public void close() {
    watcher.interrupt();
    interruption.close();
  }
}
