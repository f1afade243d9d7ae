package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.outcome.Outcome.Failed;
import io.twinloom.functions.outcome.Outcome.GivenUp;
import io.twinloom.functions.outcome.Outcome.PutOff;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.EventList;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.trace.TraceId;
import io.twinloom.model.trace.TraceParent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A function with everything that functions have in common, as its host sees it: who may call it,
 * what it is given, its trace, its log line, its dead letters and the mapping of its errors.
 */
public final class FunctionPipeline implements HostedFunction {

  /** How often a request was not read, since the queue that takes what it leads to is full. */
  public static final String QUEUE_FULL = "request-refused-queue-full";

  /** The header with the trace of a request whose body has no envelope. */
  private static final String TRACE_HEADER = "x-trace-id";

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;

  private static final JsonObject NOTHING = JsonObject.EMPTY;

  private final String name;
  private final TwinInfo twin;
  private final FunctionBody body;
  private final Optional<Endpoint> endpoint;
  private final InvocationLog log;
  private final DeadLetters deadLetters;
  private final AsyncInvoker later;
  private final FunctionRuntime runtime;
  private final AtomicBoolean missingTokenLogged = new AtomicBoolean();

  /**
   * @param name the deployed function's name
   * @param endpoint its HTTP endpoint; empty where it has none
   * @param later takes what it invokes asynchronously, where its host gives it nothing else
   */
  public FunctionPipeline(
      String name,
      TwinInfo twin,
      FunctionBody body,
      Optional<Endpoint> endpoint,
      InvocationLog log,
      DeadLetters deadLetters,
      AsyncInvoker later,
      FunctionRuntime runtime) {
    this.name = name;
    this.twin = twin;
    this.body = body;
    this.endpoint = endpoint;
    this.log = log;
    this.deadLetters = deadLetters;
    this.later = later;
    this.runtime = runtime;
    body.warnings().forEach(warning -> log.note(Level.WARN, name, "", warning, Map.of()));
    // One that its own cloud calls too has connections only in some twins: there it is logged at
    // its first request.
    if (endpoint.isPresent() && endpoint.get().alwaysUsed()) {
      logMissingToken(endpoint.get().guard());
    }
  }

  @Override
  public JsonValue invoke(JsonObject event) {
    return switch (invokeAll(List.of(event), later).getFirst()) {
      case Done done -> done.answer();
      case GivenUp ignored -> JsonObject.EMPTY;
      case PutOff putOff -> throw putOff.why();
      case Failed failed -> throw failed.why();
    };
  }

  @Override
  public List<Outcome> invokeAll(List<JsonObject> events, AsyncInvoker scope) {
    return run(
        events,
        events.stream().map(event -> new Invocation(name, log, deadLetters, false, "")).toList(),
        scope);
  }

  @Override
  public boolean takesBatches() {
    return body.takesBatches();
  }

  @Override
  public String lane(Supplier<JsonObject> event) {
    return body.lane(event);
  }

  @Override
  public Optional<HttpAnswer> refuse(HttpHead head) {
    if (endpoint.isEmpty()) {
      return Optional.of(HttpAnswer.error(NOT_FOUND, "There is no such endpoint."));
    }
    logMissingToken(endpoint.get().guard());
    return logged(endpoint.get().guard().refuse(head));
  }

  @Override
  public HttpAnswer receive(HttpHead head, byte[] content) {
    return refuse(head)
        .or(() -> logged(endpoint.orElseThrow().guard().refuse(head, content)))
        .orElseGet(() -> endpoint.orElseThrow().answer(head, content, () -> answer(head, content)));
  }

  @Override
  public boolean isReceiver() {
    return endpoint.isPresent();
  }

  private HttpAnswer answer(HttpHead head, byte[] content) {
    if (body instanceof MovedBody moved) {
      log.invocation(name, "", "", "", moved.why().code(), Duration.ZERO);
      return HttpAnswer.unavailable(moved.why().what());
    }
    Optional<InvocationException> full = body.onlyPassesOn() ? later.whyFull() : Optional.empty();
    if (full.isPresent()) {
      // It comes again and again while that lasts: it costs a number, and now and then a line.
      log.count(name, QUEUE_FULL);
      log.note(Level.WARN, name, "", full.get().what(), Map.of("code", full.get().code()));
      return HttpAnswer.unavailable(full.get().what());
    }
    try {
      JsonObject event = RequestContent.read(head, content, body.takesBatches());
      return body.takesBatches() && EventList.isList(event)
          ? answerList(EventList.elements(event, content.length), content)
          : answerOne(head, event, content);
    } catch (Refused e) {
      HttpAnswer answer = HttpAnswer.error(e.status(), e.what());
      logRefusal(answer);
      noteRefusal("", e);
      return answer;
    }
  }

  private HttpAnswer answerOne(HttpHead head, JsonObject event, byte[] content) {
    Optional<String> named = head.header(TRACE_HEADER);
    String trace =
        named
            .filter(TraceId::isValid)
            .or(() -> head.header(TraceParent.HEADER).flatMap(TraceParent::traceId))
            .orElseGet(() -> named.isPresent() ? runtime.traceIds().get() : "");
    Invocation invocation = new Invocation(name, log, deadLetters, true, trace).withBody(content);
    named.filter(given -> !given.equals(trace)).ifPresent(invocation::noteReplacedTrace);
    return switch (run(List.of(event), List.of(invocation), later).getFirst()) {
      case Done done -> new HttpAnswer(OK, Json.bytes(done.answer()));
      case GivenUp given -> refusal(invocation, given.why());
      case PutOff putOff -> HttpAnswer.unavailable(putOff.why().what());
      case Failed failed -> refusal(invocation, failed.why());
    };
  }

  private HttpAnswer refusal(Invocation invocation, TwinloomException why) {
    if (why instanceof Refused refused) {
      noteRefusal(invocation.traceId(), refused);
      return HttpAnswer.error(refused.status(), refused.what());
    }
    return HttpAnswer.error(FAILED, why.what());
  }

  /** Each element is handled as if it had come alone; all that can be read run together. */
  private HttpAnswer answerList(List<JsonValue> elements, byte[] content) {
    List<JsonObject> events = new ArrayList<>(elements.size());
    List<Invocation> invocations = new ArrayList<>(elements.size());
    for (JsonValue element : elements) {
      // What is no object has no payload either, and is refused as such.
      events.add(element instanceof JsonObject object ? object : NOTHING);
      invocations.add(new Invocation(name, log, deadLetters, true, "").withBody(content));
    }
    List<JsonValue> results = new ArrayList<>(elements.size());
    int failed = 0;
    List<Outcome> outcomes = run(events, invocations, later);
    for (int i = 0; i < outcomes.size(); i++) {
      results.add(result(outcomes.get(i), invocations.get(i)));
      failed += outcomes.get(i) instanceof Failed || outcomes.get(i) instanceof PutOff ? 1 : 0;
    }
    JsonObject answer = JsonObject.builder().put(EventList.RESULTS, new JsonArray(results)).build();
    return new HttpAnswer(OK, Json.bytes(answer), Optional.empty(), elements.size(), failed);
  }

  private JsonObject result(Outcome outcome, Invocation invocation) {
    return switch (outcome) {
      case Done done -> done.answer() instanceof JsonObject answer ? answer : FunctionRun.SUCCESS;
      case GivenUp given -> failed(refusal(invocation, given.why()).status(), given.why());
      case PutOff putOff -> failed(UNAVAILABLE, putOff.why());
      case Failed why -> failed(refusal(invocation, why.why()).status(), why.why());
    };
  }

  private static JsonObject failed(int status, TwinloomException why) {
    return EventList.failed(status, why.what());
  }

  private List<Outcome> run(
      List<JsonObject> events, List<Invocation> invocations, AsyncInvoker scope) {
    return new FunctionRun(twin, body, log, runtime, events, invocations).run(scope);
  }

  private Optional<HttpAnswer> logged(Optional<HttpAnswer> refusal) {
    refusal.ifPresent(this::logRefusal);
    return refusal;
  }

  private void logRefusal(HttpAnswer answer) {
    log.invocation(
        name, "", "", "", FunctionsError.ofStatus(answer.status()).code(), Duration.ZERO);
  }

  /** Logs why a request was refused; its sender gets the same text. */
  private void noteRefusal(String trace, Refused e) {
    log.note(
        Level.INFO, name, trace, "A request is refused: " + e.what(), Map.of("code", e.code()));
  }

  private void logMissingToken(ReceiverGuard guard) {
    if (!guard.tokens().hasTokens() && !missingTokenLogged.getAndSet(true)) {
      log.note(
          Level.ERROR,
          name,
          "",
          "INTER_CLOUD_TOKEN is missing or blank: every request is refused.",
          Map.of());
    }
  }
}
