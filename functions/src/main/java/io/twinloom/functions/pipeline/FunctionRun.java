package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.outcome.Outcome.Failed;
import io.twinloom.functions.outcome.Outcome.GivenUp;
import io.twinloom.functions.outcome.Outcome.PutOff;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.ReplayMark;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.model.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One run of a function on the events that it is given together: reads them, has the function
 * handle them, passes on what follows, keeps dead letters, and writes the log. Used by one thread.
 */
final class FunctionRun {

  /** Its sender sees a success: it need not try again. */
  static final JsonObject SUCCESS = JsonObject.builder().put("status", "Success").build();

  private static final int MADE_BEFORE_PASSING_ON = 1_000;

  private final TwinInfo twin;
  private final FunctionBody body;
  private final InvocationLog log;
  private final FunctionRuntime runtime;
  private final List<JsonObject> events;
  private final List<Invocation> invocations;
  private final Outcome[] outcomes;
  private final Map<Integer, MessageRun> runs = new HashMap<>();
  private final Instant start;
  private final Set<String> putOffFor = new HashSet<>();
  private int handedOn;

  /**
   * @param invocations one for each event
   */
  FunctionRun(
      TwinInfo twin,
      FunctionBody body,
      InvocationLog log,
      FunctionRuntime runtime,
      List<JsonObject> events,
      List<Invocation> invocations) {
    this.twin = twin;
    this.body = body;
    this.log = log;
    this.runtime = runtime;
    this.events = events;
    this.invocations = invocations;
    this.outcomes = new Outcome[events.size()];
    this.start = runtime.clock().instant();
  }

  /**
   * Does all of it, with its lines in the log.
   *
   * @param later takes what the events pass on
   * @return an outcome for each event, in order
   */
  List<Outcome> run(AsyncInvoker later) {
    for (int i = 0; i < outcomes.length; i++) {
      invocations.get(i).replayOf(ReplayMark.of(events.get(i)));
      if (twin.debug()) {
        invocations.get(i).note(Level.DEBUG, "The event.", Map.of("event", text(i)));
      }
    }
    handle(later);
    handOn(outcomes.length, later);
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = finished(i);
    }
    writeLines();
    return Arrays.asList(outcomes);
  }

  private String text(int i) {
    return Json.text(events.get(i));
  }

  private void handle(AsyncInvoker later) {
    switch (body) {
      case BatchFunction function -> together(function);
      case EventBody function -> each(i -> one(function, i));
      case MessageBody function -> messages(function, later);
      case RequestBody function ->
          each(i -> Done.answering(function.run(events.get(i), begunRequest(i))));
      case MovedBody moved -> each(i -> new PutOff(moved.why()));
      case StepBody function -> each(i -> function.run(events.get(i), begunRequest(i)));
    }
  }

  /** What a list leads to is passed on before much more of it is made. */
  private void messages(MessageBody function, AsyncInvoker later) {
    int made = 0;
    for (int i = 0; i < outcomes.length; i++) {
      Invocation invocation = invocations.get(i);
      invocation.source(runtime.sourceCloud());
      invocation.trace(runtime.traceIds().get());
      JsonObject event = events.get(i);
      MessageRun run = new MessageRun(function, invocation, runtime);
      runs.put(i, run);
      outcomes[i] = guarded(invocation, () -> run.run(event));
      made += outcomes[i] instanceof Done done ? done.next().size() : 0;
      if (made >= MADE_BEFORE_PASSING_ON) {
        handOn(i + 1, later);
        made = 0;
      }
    }
  }

  private interface Handling {
    Outcome of(int event);
  }

  private void each(Handling handling) {
    for (int i = 0; i < outcomes.length; i++) {
      int event = i;
      outcomes[i] = guarded(invocations.get(i), () -> handling.of(event));
    }
  }

  private static Outcome guarded(Invocation invocation, Supplier<Outcome> handling) {
    try {
      return handling.get();
    } catch (RuntimeException e) {
      return invocation.failure(e);
    }
  }

  private Outcome one(EventBody function, int i) {
    Envelope envelope = begun(function.form(), i);
    return envelope.isLate(start)
        ? dropped(invocations.get(i))
        : function.run(envelope, invocations.get(i));
  }

  /** Those that can be read go to the function together. */
  private void together(BatchFunction function) {
    List<BatchFunction.Item> items = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      Invocation invocation = invocations.get(i);
      try {
        Envelope envelope = begun(function.form(), i);
        if (envelope.isLate(start)) {
          outcomes[i] = dropped(invocation);
        } else {
          items.add(new BatchFunction.Item(envelope, invocation));
          places.add(i);
        }
      } catch (RuntimeException e) {
        outcomes[i] = invocation.failure(e);
      }
    }
    if (!items.isEmpty()) {
      List<Outcome> made = outcomes(function, items);
      for (int i = 0; i < made.size(); i++) {
        outcomes[places.get(i)] = made.get(i);
      }
    }
  }

  private static List<Outcome> outcomes(BatchFunction function, List<BatchFunction.Item> items) {
    try {
      List<Outcome> made = function.run(items);
      if (made.size() != items.size()) {
        throw new IllegalStateException(
            made.size() + " outcomes of " + Count.of(items.size(), "event"));
      }
      return made;
    } catch (RuntimeException e) {
      // Which of them it was is not known: each comes again, with fewer others.
      return items.stream().map(item -> item.invocation().failure(e)).toList();
    }
  }

  private Envelope begun(EnvelopeForm form, int i) {
    Invocation invocation = invocations.get(i);
    Envelope envelope =
        Envelope.of(events.get(i), form, runtime.clock(), () -> ownTrace(invocation));
    invocation.source(envelope.sourceCloud());
    invocation.trace(envelope.traceId());
    if (events.get(i).object(Envelope.PAYLOAD).isPresent()) {
      noteReplaced(events.get(i), invocation);
    }
    if (envelope.mark().isPresent()) {
      invocation.mark();
    }
    Normalizer.namedDevice(envelope.payload())
        .filter(twin::hasDevice)
        .ifPresent(invocation::device);
    return envelope;
  }

  private Invocation begunRequest(int i) {
    JsonObject request = events.get(i);
    Invocation invocation = invocations.get(i);
    request.text(Envelope.SOURCE_CLOUD).filter(Envelope::isPlain).ifPresent(invocation::source);
    invocation.trace(
        request
            .text(Envelope.TRACE_ID)
            .filter(TraceId::isValid)
            .orElseGet(() -> ownTrace(invocation)));
    noteReplaced(request, invocation);
    return invocation;
  }

  /** That of the request's head, where it has one; else a new one. */
  private String ownTrace(Invocation invocation) {
    return TraceId.isValid(invocation.traceId()) ? invocation.traceId() : runtime.traceIds().get();
  }

  private static void noteReplaced(JsonObject event, Invocation invocation) {
    event
        .text(Envelope.TRACE_ID)
        .filter(given -> !given.equals(invocation.traceId()))
        .ifPresent(invocation::noteReplacedTrace);
  }

  private static Outcome dropped(Invocation invocation) {
    invocation.outcome(FunctionsError.VERIFY_LATE.code());
    invocation.note(
        Level.INFO, "A marked measurement came after its limit and is dropped.", Map.of());
    return Done.answering(SUCCESS);
  }

  /** Passes on what those up to {@code end}, exclusive, lead to. */
  private void handOn(int end, AsyncInvoker later) {
    List<List<Handed>> byCause = new ArrayList<>(end - handedOn);
    boolean any = false;
    for (int i = handedOn; i < end; i++) {
      List<Handed> next =
          outcomes[i] instanceof Done done ? invocations.get(i).caused(done.next()) : List.of();
      any |= !next.isEmpty();
      byCause.add(next);
    }
    if (any) {
      handOn(byCause, later);
    }
    for (int i = handedOn; i < end; i++) {
      if (outcomes[i] instanceof Done done) {
        outcomes[i] = done.lacking().map(Failures::outcome).orElse(Done.answering(done.answer()));
      }
    }
    handedOn = end;
  }

  private void handOn(List<List<Handed>> byCause, AsyncInvoker later) {
    List<List<Optional<InvocationException>>> refusals = later.handOn(byCause);
    for (int i = 0; i < byCause.size(); i++) {
      int event = handedOn + i;
      for (int n = 0; n < byCause.get(i).size(); n++) {
        Handed handed = byCause.get(i).get(n);
        refusals.get(i).get(n).ifPresent(why -> refused(event, handed, why));
      }
    }
  }

  /** The event is not done, since what follows from it is not; other events are. */
  private void refused(int event, Handed handed, InvocationException why) {
    Invocation invocation = invocations.get(event);
    if (!handed.replayable() || why.retryable()) {
      outcomes[event] = Failures.outcome(why);
      return;
    }
    invocation.count(Invocation.ACTION_DEAD_LETTERED);
    try {
      invocation.deadLetter(handed.function(), handed.event(), why, 1);
    } catch (TwinloomException e) {
      outcomes[event] = Failures.outcome(e);
    }
  }

  /** The outcome with its dead letter kept, as the log gets it. */
  private Outcome finished(int i) {
    Invocation invocation = invocations.get(i);
    Outcome outcome = outcomes[i];
    if (outcome instanceof GivenUp given && keepsFailures()) {
      outcome = new Failed(given.why());
    }
    try {
      if (outcome instanceof GivenUp given && !invocation.isHttp()) {
        invocation.deadLetter(events.get(i), given.why(), given.attempts());
      } else if (outcome instanceof Done && runs.containsKey(i)) {
        // Not before: a message that comes again brings its measurements again.
        runs.get(i).settle();
      }
    } catch (TwinloomException e) {
      outcome = Failures.outcome(e);
    }
    switch (outcome) {
      case Done ignored -> {}
      case GivenUp given -> invocation.outcome(given.why().code());
      case Failed failed -> RunLines.failure(invocation, failed.why());
      case PutOff putOff -> RunLines.putOff(invocation, putOff.why(), putOffFor);
    }
    return outcome;
  }

  /** Whether a caller hears of what such a function refuses, or its event is tried again. */
  private boolean keepsFailures() {
    return body instanceof RequestBody || body instanceof StepBody;
  }

  private void writeLines() {
    Duration took = Duration.between(start, runtime.clock().instant());
    new RunLines(log, runtime, twin.debug())
        .write(invocations.getFirst().function(), ended(), took);
  }

  /** The events, each measurement of a list by itself. */
  private List<Ended> ended() {
    List<Ended> all = new ArrayList<>();
    for (int i = 0; i < outcomes.length; i++) {
      List<Ended> listed = runs.containsKey(i) ? runs.get(i).ended(outcomes[i]) : List.of();
      if (listed.isEmpty()) {
        all.add(new Ended(invocations.get(i), outcomes[i]));
      } else {
        all.addAll(listed);
      }
    }
    return all;
  }
}
