package io.twinloom.local.invoke;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.local.invoke.EventTable.Row;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes events into a queue: numbers them, writes them, and lets those from outside wait while the
 * queue holds as much as it may.
 */
final class EventIntake {

  private final EventTable table;
  private final EventNumbers numbers;
  private final Object lock;
  private final Backlog backlog;
  private final Consumer<Row> arrived;
  private boolean closed;

  /**
   * @param lock the queue's, which guards the backlog
   * @param arrived is given each event when it is on disk
   */
  EventIntake(EventTable table, Object lock, Backlog backlog, Consumer<Row> arrived) {
    this.table = table;
    this.numbers = new EventNumbers(table);
    this.lock = lock;
    this.backlog = backlog;
    this.arrived = arrived;
  }

  /** Events that are accepted and not done. */
  long events() {
    synchronized (lock) {
      return backlog.events();
    }
  }

  /** Takes an event from outside, see {@link InvocationQueue#accept}. */
  CompletableFuture<Void> accept(String function, LongFunction<byte[]> event) {
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    synchronized (lock) {
      if (closed) {
        accepted.completeExceptionally(unavailable("it is stopping", null));
      } else {
        backlog.accept(() -> write(function, event, accepted));
      }
    }
    return accepted;
  }

  /**
   * Takes an event that must not wait for room, and returns when it is on disk.
   *
   * @throws InvocationException if it cannot be kept
   */
  void acceptNow(String function, byte[] event) {
    synchronized (lock) {
      if (backlog.isFull()) {
        throw unavailable("it holds " + backlog.events() + " events, as many as it may", null);
      }
    }
    try {
      accept(function, number -> event).join();
    } catch (CompletionException e) {
      throw unavailable("the event cannot be kept", e.getCause());
    }
  }

  /** Under the lock: numbers and writes go in one order. */
  private void write(
      String function, LongFunction<byte[]> event, CompletableFuture<Void> accepted) {
    Row row;
    try {
      long number = numbers.next();
      row = new Row(number, function, event.apply(number), 0, 0);
    } catch (RuntimeException e) {
      accepted.completeExceptionally(unavailable("the event cannot be kept", e));
      return;
    }
    backlog.add();
    table
        .put(row, 0)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                accepted.complete(null);
                arrived.accept(row);
              } else {
                accepted.completeExceptionally(unavailable("the event cannot be kept", failure));
                finished();
              }
            });
  }

  /** Gives an event that the queue has already a place of its own, which is not written yet. */
  Row add(String function, byte[] event) {
    Row row = new Row(numbers.next(), function, event, 0, 0);
    synchronized (lock) {
      backlog.add();
    }
    return row;
  }

  /** An event is done with: there is room for one from outside. */
  void finished() {
    synchronized (lock) {
      backlog.remove();
    }
  }

  /** Takes nothing more from outside. */
  void close() {
    synchronized (lock) {
      closed = true;
    }
  }

  private static InvocationException unavailable(String why, @Nullable Throwable cause) {
    return InvocationException.unavailable(
        "The queue does not take the event: " + why,
        "",
        "It is tried again by itself; free disk space if the disk is full.",
        cause);
  }
}
