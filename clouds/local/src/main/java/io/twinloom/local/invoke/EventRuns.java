package io.twinloom.local.invoke;

import io.twinloom.local.invoke.EventTable.Row;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs events that have a place on disk, each with all that its function hands on: that is held by
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
     * @param letGo whether all that it held is done or has a place of its own; if not, the event
     *     must run again and hand it on again
     */
    void ran(Row row, @Nullable Throwable failure, boolean letGo);
  }

  /** An event with a place on disk, and those that it holds. */
  private static final class Root {
    final Row row;
    final AtomicInteger unfinished = new AtomicInteger(1);
    volatile @Nullable Throwable failure;
    volatile boolean letGo = true;

    Root(Row row) {
      this.row = row;
    }
  }

  /** A thread's work for one root: it runs the first event that is handed on itself, afterwards. */
  private static final class Execution {
    final Root root;
    @Nullable Held next;

    Execution(Root root) {
      this.root = root;
    }
  }

  private record Held(String function, byte[] event) {}

  private static final ThreadLocal<@Nullable Execution> CURRENT = new ThreadLocal<>();

  private final InvocationQueue.Runner runner;
  private final Listener listener;

  EventRuns(InvocationQueue.Runner runner, Listener listener) {
    this.runner = runner;
    this.listener = listener;
  }

  /** Starts to run an event. */
  void start(Row row) {
    Thread.startVirtualThread(() -> run(new Root(row)));
  }

  /**
   * Hands an event on from within a running function.
   *
   * @return false if this thread runs no function for an event: there is nobody to hold it
   */
  boolean handOn(String function, byte[] event) {
    Execution cause = CURRENT.get();
    if (cause == null) {
      return false;
    }
    cause.root.unfinished.incrementAndGet();
    Held held = new Held(function, event);
    if (cause.next == null) {
      cause.next = held;
    } else {
      Thread.startVirtualThread(() -> execute(cause.root, held));
    }
    return true;
  }

  private void run(Root root) {
    Execution execution = new Execution(root);
    CURRENT.set(execution);
    try {
      runner.run(root.row.function(), root.row.event());
    } catch (Throwable t) {
      root.failure = t;
    }
    runHandedOn(execution);
    release(root);
  }

  private void execute(Root root, Held held) {
    Execution execution = new Execution(root);
    CURRENT.set(execution);
    runHeld(root, held);
    runHandedOn(execution);
  }

  private void runHandedOn(Execution execution) {
    for (Held held; (held = execution.next) != null; ) {
      execution.next = null;
      runHeld(execution.root, held);
    }
    CURRENT.remove();
  }

  private void runHeld(Root root, Held held) {
    try {
      runner.run(held.function(), held.event());
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
            root.letGo = false;
          }
          release(root);
        });
  }

  private void release(Root root) {
    if (root.unfinished.decrementAndGet() == 0) {
      listener.ran(root.row, root.failure, root.letGo);
    }
  }
}
