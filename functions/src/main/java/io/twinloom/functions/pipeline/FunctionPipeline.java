package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.RepeatedRequests;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.Ports;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** A function with everything around it, as its host sees it. */
public final class FunctionPipeline implements HostedFunction {

  /** The header with the trace of a request whose body has no envelope. */
  private static final String TRACE_HEADER = "x-trace-id";

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;

  private final String name;
  private final TwinInfoSource twin;
  private final FunctionBody work;
  private final Optional<ReceiverGuard> guard;
  private final Optional<RepeatedRequests> repeated;
  private final Ports ports;
  private final AtomicBoolean saidThatTokenIsMissing = new AtomicBoolean();

  /**
   * @param name the deployed function's name
   * @param guard what stands before its endpoint; empty where it has none
   * @param repeated what has its signed requests done once; empty where that makes no difference
   */
  public FunctionPipeline(
      String name,
      TwinInfoSource twin,
      FunctionBody work,
      Optional<ReceiverGuard> guard,
      Optional<RepeatedRequests> repeated,
      Ports ports) {
    this.name = name;
    this.twin = twin;
    this.work = work;
    this.guard = guard;
    this.repeated = repeated;
    this.ports = ports;
    // A reader has an endpoint only in some twins: it says so when it is asked for the first time.
    if (guard.isPresent() && !guard.get().reading()) {
      sayIfTokenIsMissing(guard.get());
    }
  }

  @Override
  public JsonValue invoke(JsonObject event) {
    return logged(new Invocation(name, ports.log(), false, ""), event);
  }

  @Override
  public Optional<HttpAnswer> refuse(HttpHead head) {
    if (guard.isEmpty()) {
      return Optional.of(HttpAnswer.error(NOT_FOUND, "There is no such endpoint."));
    }
    sayIfTokenIsMissing(guard.get());
    return logged(guard.get().refuse(head));
  }

  @Override
  public HttpAnswer receive(HttpHead head, byte[] body) {
    return refuse(head)
        .or(() -> logged(guard.flatMap(g -> g.refuse(head, body))))
        .orElseGet(() -> once(head, () -> answer(head, body)));
  }

  @Override
  public boolean isReceiver() {
    return guard.isPresent();
  }

  private HttpAnswer once(HttpHead head, Supplier<HttpAnswer> doing) {
    boolean signed = guard.isPresent() && guard.get().isSigned(head);
    return repeated.filter(r -> signed).map(r -> r.once(head, doing)).orElseGet(doing);
  }

  private HttpAnswer answer(HttpHead head, byte[] body) {
    JsonObject event;
    try {
      event = head.method().equals("GET") ? query(head) : object(body);
    } catch (Refused e) {
      return refused(e.what());
    } catch (JsonSyntaxException e) {
      return refused("The body is no JSON: line " + e.line() + ", column " + e.column() + ".");
    }
    String trace = head.header(TRACE_HEADER).filter(Envelope::isPlain).orElseGet(ports.traceIds());
    try {
      JsonValue result =
          logged(new Invocation(name, ports.log(), true, trace).withBody(body), event);
      return new HttpAnswer(OK, Json.bytes(result));
    } catch (Refused e) {
      return HttpAnswer.error(e.status(), e.what());
    } catch (TwinloomException e) {
      return HttpAnswer.error(FAILED, e.what());
    } catch (RuntimeException e) {
      return HttpAnswer.error(FAILED, "The function failed; see its log.");
    }
  }

  private static JsonObject query(HttpHead head) {
    Map<String, JsonValue> parameters = new LinkedHashMap<>();
    head.query().forEach((name, value) -> parameters.put(name, new JsonString(value)));
    return JsonObject.of(parameters);
  }

  private static JsonObject object(byte[] body) throws JsonSyntaxException {
    if (body.length == 0) {
      throw Refused.of(FunctionsError.BODY, "The request has no body.", "Send a JSON object.");
    }
    JsonValue value = Json.parse(body);
    if (value instanceof JsonObject object) {
      return object;
    }
    throw Refused.of(
        FunctionsError.BODY,
        "The body is " + value.kind() + ", not an object.",
        "Send a JSON object.");
  }

  private JsonValue logged(Invocation invocation, JsonObject event) {
    Instant start = ports.clock().instant();
    if (twin.info().debug()) {
      invocation.note(Level.DEBUG, "The event.", Map.of("event", Json.text(event)));
    }
    try {
      boolean late =
          event.object(Envelope.PAYLOAD).filter(p -> VerifyMark.isLate(p, start)).isPresent();
      return late ? dropped(event, invocation) : work.run(event, invocation);
    } catch (TwinloomException e) {
      invocation.outcome(e.code());
      if (!(e instanceof Refused)) {
        invocation.note(Level.ERROR, e.what(), Map.of("code", e.code(), "fix", e.fix()));
      }
      throw e;
    } catch (RuntimeException e) {
      TwinloomException failure = unexpected(e);
      invocation.outcome(failure.code());
      invocation.note(Level.ERROR, failure.what(), Map.of("code", failure.code()));
      throw failure;
    } finally {
      ports
          .log()
          .invocation(
              name,
              invocation.sourceCloud(),
              invocation.traceId(),
              invocation.device(),
              invocation.outcome(),
              Duration.between(start, ports.clock().instant()));
    }
  }

  /** Its sender is told that all is well: it need not try again. */
  private JsonValue dropped(JsonObject event, Invocation invocation) {
    Envelope envelope = Envelope.of(event, "", ports.clock(), ports.traceIds());
    invocation.cameFrom(envelope.sourceCloud(), envelope.traceId());
    invocation.device(envelope.device());
    invocation.outcome(FunctionsError.VERIFY_LATE.code());
    invocation.note(
        Level.INFO, "A marked measurement came after its limit and is dropped.", Map.of());
    return JsonObject.builder().put("status", "Success").build();
  }

  /** Says where, but not the error's own text nor the error itself: either may hold a secret. */
  private TwinloomException unexpected(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new TwinloomException(
        FunctionsError.INTERNAL,
        "The function failed unexpectedly: " + e.getClass().getName() + where + ".",
        name,
        "This is a fault of the product: please report it.");
  }

  private HttpAnswer refused(String text) {
    HttpAnswer answer = HttpAnswer.error(BAD_REQUEST, text);
    logRefusal(answer);
    return answer;
  }

  private Optional<HttpAnswer> logged(Optional<HttpAnswer> refusal) {
    refusal.ifPresent(this::logRefusal);
    return refusal;
  }

  private void logRefusal(HttpAnswer answer) {
    ports
        .log()
        .invocation(
            name, "", "", "", FunctionsError.ofStatus(answer.status()).code(), Duration.ZERO);
  }

  private void sayIfTokenIsMissing(ReceiverGuard receiver) {
    if (!receiver.tokens().hasTokens() && !saidThatTokenIsMissing.getAndSet(true)) {
      ports
          .log()
          .note(
              Level.ERROR,
              name,
              "",
              "INTER_CLOUD_TOKEN is missing or blank: every request is refused.",
              Map.of());
    }
  }
}
