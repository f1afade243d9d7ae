package io.twinloom.local.invoke;

import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.model.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes events into a queue: numbers them, writes those that come together as one row, and lets
 * those from outside wait while the queue holds as much as it may.
 */
final class EventIntake {

  /** Is given what is on disk. */
  interface Arrivals {

    /**
     * @param trees the row's events
     */
    void arrived(Row row, List<JsonObject> trees);
  }

  private static final String STOPPING = "it is stopping";

  private final EventTable table;
  private final EventNumbers numbers;
  private final Object lock;
  private final Backlog backlog;
  private final Arrivals arrivals;

  /** The same words whatever is refused, so that the log counts them instead of repeating them. */
  private final String full;

  private boolean closed;

  /**
   * @param lock the queue's, which guards the backlog
   */
  EventIntake(EventTable table, Object lock, Backlog backlog, Arrivals arrivals) {
    this.table = table;
    this.numbers = new EventNumbers(table);
    this.lock = lock;
    this.backlog = backlog;
    this.arrivals = arrivals;
    this.full = "it holds " + Count.of(backlog.most(), "event") + " or more";
  }

  /** Events that are accepted and not done. */
  long events() {
    synchronized (lock) {
      return backlog.events();
    }
  }

  /** Takes events from outside, see {@link InvocationQueue#accept}. */
  CompletableFuture<Void> accept(String function, List<LongFunction<JsonObject>> events) {
    CompletableFuture<Void> accepted = new CompletableFuture<>();
    synchronized (lock) {
      if (closed) {
        accepted.completeExceptionally(unavailable(STOPPING, null));
      } else {
        backlog.accept(
            () -> write(function, events.size(), first -> numbered(events, first), accepted));
      }
    }
    return accepted;
  }

  /** Why nothing is taken that must not wait for room; empty where there is some. */
  Optional<InvocationException> whyFull() {
    boolean isFull;
    synchronized (lock) {
      isFull = backlog.isFull();
    }
    return isFull ? Optional.of(unavailable(full, null)) : Optional.empty();
  }

  /**
   * Takes events that must not wait for room, and returns when they are on disk.
   *
   * @throws InvocationException if they cannot be kept; those of other functions may be
   */
  void acceptNow(String function, List<JsonObject> events) {
    List<CompletableFuture<Void>> written = new ArrayList<>();
    List<NewEvent> all = NewEvent.ofEach(events);
    boolean isFull;
    boolean isTaken;
    synchronized (lock) {
      isFull = backlog.isFull();
      isTaken = !isFull && !closed;
      for (int from = 0, to; isTaken && from < all.size(); from = to) {
        to = endOfRow(all, from);
        CompletableFuture<Void> accepted = new CompletableFuture<>();
        List<NewEvent> row = all.subList(from, to);
        write(function, row.size(), first -> row, accepted);
        written.add(accepted);
      }
    }
    if (!isTaken) {
      throw unavailable(isFull ? full : STOPPING, null);
    }
    try {
      written.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw unavailable("the event cannot be kept", e.getCause());
    }
  }

  /** Where a row ends that begins with one of the events. */
  private static int endOfRow(List<NewEvent> events, int from) {
    long size = 0;
    int to = from;
    while (to < events.size()
        && to - from < LaneRule.MOST_EVENTS
        && (to == from || size + events.get(to).bytes().length <= LaneRule.MOST_BYTES)) {
      size += events.get(to++).bytes().length;
    }
    return to;
  }

  private static List<NewEvent> numbered(List<LongFunction<JsonObject>> events, long first) {
    List<JsonObject> trees = new ArrayList<>(events.size());
    for (LongFunction<JsonObject> event : events) {
      trees.add(event.apply(first + trees.size()));
    }
    return NewEvent.ofEach(trees);
  }

  /**
   * Under the lock: numbers and writes go in one order.
   *
   * @param events given the number of the first
   */
  private void write(
      String function,
      int count,
      LongFunction<List<NewEvent>> events,
      CompletableFuture<Void> accepted) {
    Row row;
    List<JsonObject> trees;
    try {
      long number = numbers.next(count);
      List<NewEvent> made = events.apply(number);
      trees = made.stream().map(NewEvent::tree).toList();
      byte[] joined = RowEvents.joined(made.stream().map(NewEvent::bytes).toList());
      row = new Row(number, count, function, joined, 0, 0, 0);
    } catch (RuntimeException e) {
      accepted.completeExceptionally(unavailable("the event cannot be kept", e));
      return;
    }
    backlog.add(row.count());
    table
        .put(row, 0)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                accepted.complete(null);
                arrivals.arrived(row, trees);
              } else {
                accepted.completeExceptionally(unavailable("the event cannot be kept", failure));
                finished(row.count());
              }
            });
  }

  /** Gives an event that the queue has already a place of its own, which is not written yet. */
  Row add(QueuedEvent event) {
    Row row =
        new Row(numbers.next(1), event.function(), event.bytes()).failed(event.attempts(), 0, 0);
    synchronized (lock) {
      backlog.add(1);
    }
    return row;
  }

  /** Events are done with: there is room for others from outside. */
  void finished(int events) {
    synchronized (lock) {
      backlog.remove(events);
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
