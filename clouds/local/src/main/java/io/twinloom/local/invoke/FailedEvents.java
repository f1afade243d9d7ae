package io.twinloom.local.invoke;

import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.EventTable.Row;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/**
 * Writes down what becomes of an event whose function failed: its next time, or that it is dead.
 */
final class FailedEvents {

  private final EventTable table;
  private final RetrySchedule retries;
  private final DeadLetters deadLetters;
  private final InstantSource clock;
  private final Runnable gone;

  /**
   * @param gone called once for each event that has left the queue for the dead letters
   */
  FailedEvents(
      EventTable table,
      RetrySchedule retries,
      DeadLetters deadLetters,
      InstantSource clock,
      Runnable gone) {
    this.table = table;
    this.retries = retries;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.gone = gone;
  }

  /** Records a failure of the event's function; completes when it is on disk. */
  CompletableFuture<Void> record(Row row, Throwable failure) {
    if (couldNotBeTried(failure) && row.postponed() < RetrySchedule.MAX_POSTPONEMENTS) {
      Duration wait = RetrySchedule.postponement(row.postponed());
      return table.put(
          new Row(row.number(), row.function(), row.event(), row.attempts(), row.postponed() + 1),
          clock.millis() + wait.toMillis());
    }
    int failures = row.attempts() + 1;
    if (failures < retries.attempts()) {
      return table.put(
          new Row(row.number(), row.function(), row.event(), failures, row.postponed()),
          clock.millis() + Math.max(1, retries.gapAfter(failures).toMillis()));
    }
    return bury(row, failure, failures);
  }

  /** Has an event run again as it is, which counts as no failure of it. */
  CompletableFuture<Void> again(Row row) {
    return table.put(row, clock.millis() + retries.gapAfter(1).toMillis());
  }

  private static boolean couldNotBeTried(Throwable failure) {
    return switch (failure) {
      case InvocationException e -> e.reason() == InvocationException.Reason.UNAVAILABLE;
      case RemoteException e -> e.isCircuitOpen();
      default -> false;
    };
  }

  private CompletableFuture<Void> bury(Row row, Throwable failure, int failures) {
    JsonObject event = Json.parseObject(row.event());
    DeadLetter letter =
        new DeadLetter(
            row.function(), event, describe(failure), failures, event.text("trace_id").orElse(""));
    CompletableFuture<Void> buried = new CompletableFuture<>();
    // On a thread of its own: keeping a letter waits for the very disk thread that may call this.
    Thread.startVirtualThread(
        () -> {
          try {
            deadLetters.keep(letter);
          } catch (RuntimeException e) {
            // The store does not take it: it stays in the queue and is tried again.
            again(row).whenComplete((done, failed) -> buried.complete(null));
            return;
          }
          table
              .remove(row.number())
              .whenComplete(
                  (done, failed) -> {
                    gone.run();
                    buried.complete(null);
                  });
        });
    return buried;
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
