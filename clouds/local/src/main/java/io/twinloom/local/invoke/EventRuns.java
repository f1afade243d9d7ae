package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs events that have a place on disk, each with all that its function invokes: that is held by
 * the event which caused it until it is done, and needs no place of its own unless it fails.
 */
final class EventRuns {

  /** What the runs tell their queue. */
  interface Listener {

    /**
     * Gives an event that failed while it was held a place of its own.
     *
     * @return completes when it has one; exceptionally, if it could not be written
     * @throws RuntimeException if it cannot have one
     */
    CompletableFuture<Void> keep(String function, byte[] event, Throwable failure);

    /**
     * Takes note that an event has run, and everything that it held.
     *
     * @param failure what its own function threw
     * @param released whether all that it held is done or has a place of its own; if not, the event
     *     must run again and invoke it again
     */
    void ran(Row row, @Nullable Throwable failure, boolean released);
  }

  /** An event with a place on disk, and those that it holds. */
  private static final class Root {
    final Row row;
    final AtomicInteger unfinished = new AtomicInteger(1);
    volatile @Nullable Throwable failure;
    volatile boolean released = true;

    Root(Row row) {
      this.row = row;
    }

    /** Holds one more event; false if all is done, so that it would not be waited for. */
    boolean hold() {
      return unfinished.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }
  }

  /** A thread's work for one root: it runs the first invocation itself, afterwards. */
  private final class Execution implements EventScope {
    final Root root;
    private final AtomicReference<@Nullable Held> next = new AtomicReference<>();

    Execution(Root root) {
      this.root = root;
    }

    @Override
    public void invokeLater(String function, byte[] event) {
      if (!root.hold()) {
        elsewhere.invokeLater(function, event);
        return;
      }
      Held held = new Held(function, event);
      if (!next.compareAndSet(null, held)) {
        Thread.startVirtualThread(() -> execute(root, held));
      }
    }

    /** What to run next; once there is nothing, a later invocation has a thread of its own. */
    @Nullable Held next() {
      return next.compareAndSet(null, ENDED) ? null : next.getAndSet(null);
    }
  }

  private record Held(String function, byte[] event) {}

  private static final Held ENDED = new Held("", new byte[0]);

  private final InvocationQueue.Runner runner;
  private final Listener listener;
  private final EventScope elsewhere;

  /**
   * @param elsewhere takes what a function invokes when its event is done already
   */
  EventRuns(InvocationQueue.Runner runner, Listener listener, EventScope elsewhere) {
    this.runner = runner;
    this.listener = listener;
    this.elsewhere = elsewhere;
  }

  /** Starts to run an event. */
  void start(Row row) {
    Thread.startVirtualThread(() -> run(new Root(row)));
  }

  private void run(Root root) {
    Execution execution = new Execution(root);
    try {
      runner.run(root.row.function(), root.row.event(), execution);
    } catch (Throwable t) {
      root.failure = t;
    }
    runInvoked(execution);
    release(root);
  }

  private void execute(Root root, Held held) {
    Execution execution = new Execution(root);
    runHeld(execution, held);
    runInvoked(execution);
  }

  private void runInvoked(Execution execution) {
    for (Held held; (held = execution.next()) != null; ) {
      runHeld(execution, held);
    }
  }

  private void runHeld(Execution execution, Held held) {
    Root root = execution.root;
    try {
      runner.run(held.function(), held.event(), execution);
    } catch (Throwable t) {
      keep(root, held, t);
      return;
    }
    release(root);
  }

  private void keep(Root root, Held held, Throwable failure) {
    CompletableFuture<Void> kept;
    try {
      kept = listener.keep(held.function(), held.event(), failure);
    } catch (RuntimeException e) {
      kept = CompletableFuture.failedFuture(e);
    }
    kept.whenComplete(
        (done, failed) -> {
          if (failed != null) {
            root.released = false;
          }
          release(root);
        });
  }

  private void release(Root root) {
    if (root.unfinished.decrementAndGet() == 0) {
      listener.ran(root.row, root.failure, root.released);
    }
  }
}
