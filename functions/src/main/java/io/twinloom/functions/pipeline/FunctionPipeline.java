package io.twinloom.functions.pipeline;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.intercloud.ReceiverGuard;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.port.AsyncInvoker;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.Normalizer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A function with everything that functions have in common, as its host sees it: who may call it,
 * what it is given, its trace, its log line, its dead letters and the mapping of its errors.
 */
public final class FunctionPipeline implements HostedFunction {

  /** The header with the trace of a request whose body has no envelope. */
  private static final String TRACE_HEADER = "x-trace-id";

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;

  private static final JsonObject SUCCESS = JsonObject.builder().put("status", "Success").build();

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
    return invoke(event, later);
  }

  @Override
  public JsonValue invoke(JsonObject event, AsyncInvoker scope) {
    return run(event, new Invocation(name, log, deadLetters, scope, false, ""));
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
    JsonObject event;
    try {
      event = RequestContent.read(head, content);
    } catch (Refused e) {
      HttpAnswer answer = HttpAnswer.error(BAD_REQUEST, e.what());
      logRefusal(answer);
      noteRefusal("", e);
      return answer;
    }
    String trace = head.header(TRACE_HEADER).filter(Envelope::isPlain).orElse("");
    Invocation invocation =
        new Invocation(name, log, deadLetters, later, true, trace).withBody(content);
    try {
      return new HttpAnswer(OK, Json.bytes(run(event, invocation)));
    } catch (Refused e) {
      noteRefusal(invocation.traceId(), e);
      return HttpAnswer.error(e.status(), e.what());
    } catch (TwinloomException e) {
      return HttpAnswer.error(FAILED, e.what());
    } catch (RuntimeException e) {
      return HttpAnswer.error(FAILED, "The function failed; see its log.");
    }
  }

  /** One invocation, with its one line in the log, however it ends. */
  private JsonValue run(JsonObject event, Invocation invocation) {
    Instant start = runtime.clock().instant();
    if (twin.debug()) {
      invocation.note(Level.DEBUG, "The event.", Map.of("event", Json.text(event)));
    }
    try {
      return orDeadLetter(event, invocation, start);
    } catch (TwinloomException e) {
      invocation.outcome(e.code());
      if (!(e instanceof Refused)) {
        invocation.note(Level.ERROR, e.what(), Map.of("code", e.code(), "fix", e.fix()));
      }
      throw e;
    } catch (RuntimeException e) {
      TwinloomException failure = unexpected(e);
      invocation.outcome(failure.code());
      invocation.note(
          Level.ERROR,
          failure.what(),
          Map.of("code", failure.code(), "stack_trace", FailureTrace.of(e)));
      throw failure;
    } finally {
      log.invocation(
          name,
          invocation.sourceCloud(),
          invocation.traceId(),
          invocation.device(),
          invocation.outcome(),
          Duration.between(start, runtime.clock().instant()));
    }
  }

  /** Keeps what is refused as a dead letter, where no caller waits for the refusal. */
  private JsonValue orDeadLetter(JsonObject event, Invocation invocation, Instant start) {
    try {
      return handle(event, invocation, start);
    } catch (TwinloomException e) {
      if (invocation.isHttp() || body instanceof RequestBody || !isRefusal(e)) {
        throw e;
      }
      invocation.deadLetter(event, e, e instanceof RemoteException sent ? sent.attempts() : 1);
      return JsonObject.EMPTY;
    }
  }

  /** Whether an event was refused, here or by the receiver on another cloud, for what it is. */
  private static boolean isRefusal(TwinloomException e) {
    return e instanceof Refused || e instanceof RemoteException remote && remote.isRefusal();
  }

  private JsonValue handle(JsonObject event, Invocation invocation, Instant now) {
    return switch (body) {
      case EventBody function -> {
        Envelope envelope =
            Envelope.of(event, function.form(), runtime.clock(), runtime.traceIds());
        begin(envelope, invocation);
        yield envelope.isLate(now) ? dropped(invocation) : function.run(envelope, invocation);
      }
      case MessageBody function -> {
        invocation.source(runtime.sourceCloud());
        invocation.trace(runtime.traceIds().get());
        yield function.run(message(event, invocation), invocation);
      }
      case RequestBody function -> {
        begin(event, invocation);
        yield function.run(event, invocation);
      }
    };
  }

  private void begin(Envelope envelope, Invocation invocation) {
    invocation.source(envelope.sourceCloud());
    invocation.trace(envelope.traceId());
    Normalizer.namedDevice(envelope.payload())
        .filter(twin::hasDevice)
        .ifPresent(invocation::device);
  }

  private void begin(JsonObject request, Invocation invocation) {
    request.text(Envelope.SOURCE_CLOUD).filter(Envelope::isPlain).ifPresent(invocation::source);
    request.text(Envelope.TRACE_ID).filter(Envelope::isPlain).ifPresent(invocation::trace);
    if (invocation.traceId().isEmpty()) {
      invocation.trace(runtime.traceIds().get());
    }
  }

  private static DeviceMessage message(JsonObject event, Invocation invocation) {
    DeviceMessage message;
    try {
      message = DeviceMessage.of(event);
    } catch (IllegalArgumentException e) {
      throw Refused.of(
          FunctionsError.MESSAGE_SYNTAX,
          "The event is not a device message.",
          "Let the device send one JSON object.");
    }
    invocation.device(message.channelDevice());
    return message;
  }

  /** Its sender sees a success: it need not try again. */
  private static JsonValue dropped(Invocation invocation) {
    invocation.outcome(FunctionsError.VERIFY_LATE.code());
    invocation.note(
        Level.INFO, "A marked measurement came after its limit and is dropped.", Map.of());
    return SUCCESS;
  }

  /** Without the error's own text, and without the error itself: either may hold a secret. */
  private TwinloomException unexpected(RuntimeException e) {
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    return new TwinloomException(
        FunctionsError.INTERNAL,
        "The function failed unexpectedly: " + e.getClass().getName() + where + ".",
        name,
        "This is a fault of the product: please report it.");
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
