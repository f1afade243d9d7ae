package io.twinloom.local.invoke;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.EventTable.Row;
import io.twinloom.model.TwinloomException;
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

  /** Records how an event has not been done; completes when it is on disk. */
  CompletableFuture<Void> record(Row row, Outcome outcome) {
    return switch (outcome) {
      case Outcome.PutOff putOff -> putOff(row, putOff.why());
      case Outcome.Failed failed -> failed(row.failed(row.attempts(), 0, 0), failed.why());
      case Outcome.Done done -> throw new IllegalArgumentException("done: " + done);
      case Outcome.GivenUp given -> throw new IllegalArgumentException("done: " + given);
    };
  }

  private CompletableFuture<Void> putOff(Row row, TwinloomException why) {
    long now = clock.millis();
    long since = row.since() == 0 ? now : row.since();
    if (now - since >= retries.longestPutOff().toMillis()) {
      return failed(row, why);
    }
    return table.put(
        row.failed(row.attempts(), row.postponed() + 1, since),
        now + RetrySchedule.postponement(row.postponed()).toMillis());
  }

  private CompletableFuture<Void> failed(Row row, TwinloomException why) {
    int failures = row.attempts() + 1;
    if (failures < retries.attempts()) {
      return table.put(
          row.failed(failures, row.postponed(), row.since()),
          clock.millis() + Math.max(1, retries.gapAfter(failures).toMillis()));
    }
    return bury(row, why, failures);
  }

  /** Has an event run again as it is, which counts as no failure of it. */
  CompletableFuture<Void> again(Row row) {
    return table.put(row, clock.millis() + retries.gapAfter(1).toMillis());
  }

  private CompletableFuture<Void> bury(Row row, TwinloomException why, int failures) {
    JsonObject event = Json.parseObject(row.events());
    DeadLetter letter =
        new DeadLetter(
            row.function(), event, why.what(), failures, event.text("trace_id").orElse(""));
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
}
