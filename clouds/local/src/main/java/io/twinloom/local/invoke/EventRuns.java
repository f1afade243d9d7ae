package io.twinloom.local.invoke;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.EventCause.Root;
import io.twinloom.local.invoke.EventTable.Row;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs events that have a place on disk, with all that they cause: that is held by the event which
 * caused it until it is done, and needs no place of its own unless it fails.
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
    CompletableFuture<Void> keep(QueuedEvent event, Outcome outcome);

    /** Takes note that an event of a row, and everything that it held, is in memory no more. */
    void left(Row row, int size);

    /** Takes note that nothing of a row is held any more. */
    void ran(Root root);
  }

  private final FunctionRunner runner;
  private final Listener listener;
  private final AsyncInvoker elsewhere;
  private final boolean serialised;
  private final Lanes lanes;

  /**
   * @param elsewhere takes what no event causes
   * @param serialised whether an event is written and read again wherever it is passed on, as it is
   *     where it leaves the process
   */
  EventRuns(
      FunctionRunner runner,
      Listener listener,
      AsyncInvoker elsewhere,
      boolean serialised,
      int attempts,
      InstantSource clock) {
    this.runner = runner;
    this.listener = listener;
    this.elsewhere = elsewhere;
    this.serialised = serialised;
    this.lanes = new Lanes(runner, attempts, clock, this::start);
  }

  /**
   * Has a row's events run.
   *
   * @param trees the events, where they are known; else they are read when they are needed
   */
  void begin(Row row, List<JsonObject> trees) {
    Root root = new Root(row);
    List<QueuedEvent> events = new ArrayList<>(row.count());
    List<byte[]> apart = RowEvents.apart(row.events(), row.count());
    for (int i = 0; i < apart.size(); i++) {
      byte[] bytes = apart.get(i);
      EventCause cause = new EventCause(root, bytes.length);
      JsonObject tree = trees.isEmpty() || serialised ? null : trees.get(i);
      events.add(QueuedEvent.of(cause, row, bytes, tree));
    }
    add(events);
  }

  private void add(List<QueuedEvent> events) {
    lanes.add(events).forEach(this::refuse);
  }

  /** Puts off what keeps others from running, since its function makes no progress. */
  void putOffStuck() {
    lanes.takeStuck().forEach(this::refuse);
  }

  private void refuse(QueuedEvent event) {
    settle(
        event,
        new Outcome.PutOff(
            InvocationException.unavailable(
                "Its function is busy with " + Lanes.OF_A_STUCK_LANE + " events or more",
                event.function(),
                "The event is put off and tried again; make the code faster if this lasts.")));
  }

  private void start(Lane lane) {
    Thread.startVirtualThread(() -> run(lane));
  }

  private void run(Lane lane) {
    for (List<QueuedEvent> batch; !(batch = lanes.take(lane)).isEmpty(); ) {
      run(lane.function(), batch);
    }
  }

  private void run(String function, List<QueuedEvent> batch) {
    List<QueuedEvent> read = new ArrayList<>(batch.size());
    List<JsonObject> events = new ArrayList<>(batch.size());
    for (QueuedEvent event : batch) {
      try {
        events.add(event.json());
        read.add(event);
      } catch (RuntimeException e) {
        settle(event, runner.failure(function, e));
      }
    }
    if (read.isEmpty()) {
      return;
    }
    List<Outcome> outcomes;
    try {
      outcomes = runner.run(function, events, new Scope(read));
    } catch (Throwable t) {
      // Not even an error ends a lane: its other events would wait for ever.
      outcomes = Collections.nCopies(read.size(), runner.failure(function, t));
    }
    for (int i = 0; i < read.size(); i++) {
      settle(read.get(i), outcomes.get(i));
    }
  }

  /** Takes what the events of one run pass on. */
  private final class Scope implements AsyncInvoker {
    private final List<QueuedEvent> run;

    Scope(List<QueuedEvent> run) {
      this.run = run;
    }

    @Override
    public void invokeLater(String function, JsonObject event) {
      elsewhere.invokeLater(function, event);
    }

    @Override
    public List<List<Optional<InvocationException>>> handOn(List<List<Handed>> byCause) {
      List<QueuedEvent> taken = new ArrayList<>();
      List<List<Optional<InvocationException>>> refusals = new ArrayList<>(byCause.size());
      for (int i = 0; i < byCause.size(); i++) {
        refusals.add(take(byCause.get(i), run.get(i).cause(), taken));
      }
      add(taken);
      return refusals;
    }

    private List<Optional<InvocationException>> take(
        List<Handed> caused, EventCause cause, List<QueuedEvent> taken) {
      List<Optional<InvocationException>> refusals = new ArrayList<>(caused.size());
      Optional<InvocationException> failed = Optional.empty();
      for (Handed handed : caused) {
        Optional<InvocationException> refusal =
            failed.isPresent() ? failed : runner.unknown(handed.function());
        refusals.add(refusal);
        failed = handed.replayable() ? failed : refusal;
        if (refusal.isEmpty()) {
          cause.hold();
          taken.add(QueuedEvent.caused(cause, handed.function(), hop(handed), cause.size()));
        }
      }
      return refusals;
    }

    private JsonObject hop(Handed handed) {
      return serialised ? Json.parseObject(Json.bytes(handed.event())) : handed.event();
    }
  }

  private void settle(QueuedEvent event, Outcome outcome) {
    EventCause cause = event.cause();
    switch (outcome) {
      case Outcome.Done ignored -> release(cause);
      case Outcome.GivenUp ignored -> release(cause);
      case Outcome.Failed ignored -> keep(event, outcome);
      case Outcome.PutOff ignored -> keep(event, outcome);
    }
  }

  private void keep(QueuedEvent event, Outcome outcome) {
    EventCause cause = event.cause();
    if (event.isOfRow() && cause.root().row().count() == 1) {
      cause.root().fail(outcome);
      release(cause);
      return;
    }
    CompletableFuture<Void> kept;
    try {
      kept = listener.keep(event, outcome);
    } catch (RuntimeException e) {
      kept = CompletableFuture.failedFuture(e);
    }
    kept.whenComplete(
        (done, failed) -> {
          if (failed != null) {
            cause.root().keep();
          }
          release(cause);
        });
  }

  private void release(EventCause cause) {
    if (cause.release()) {
      Root root = cause.root();
      listener.left(root.row(), cause.size());
      if (cause.end()) {
        listener.ran(root);
      }
    }
  }
}
