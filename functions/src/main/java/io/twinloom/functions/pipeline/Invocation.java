package io.twinloom.functions.pipeline;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.InvocationLog.RuleKind;
import io.twinloom.functions.port.InvocationLog.RuleRecord;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.ReplayMark;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a function: gathers what its log line says, as the function learns it. Used by one
 * thread.
 */
public final class Invocation {

  /** The outcome of an invocation that succeeded. */
  static final String OK = "ok";

  /** How many measurements came in lists, beside the first of each. */
  public static final String LISTED = "measurement-in-list";

  /** How often what a rule starts became a dead letter of its own. */
  public static final String ACTION_DEAD_LETTERED = "action-dead-lettered";

  private final String function;
  private final InvocationLog log;
  private final DeadLetters deadLetters;
  private final boolean http;
  private String traceId;
  private String sourceCloud = "";
  private String device = "";
  private String outcome = OK;
  private boolean distinct;
  private boolean likeAnother;
  private Optional<byte[]> body = Optional.empty();
  private Optional<String> replayOf = Optional.empty();

  /**
   * @param http whether it came over HTTP
   * @param traceId what is known of it so far; may be empty
   */
  public Invocation(
      String function, InvocationLog log, DeadLetters deadLetters, boolean http, String traceId) {
    this.function = function;
    this.log = log;
    this.deadLetters = deadLetters;
    this.http = http;
    this.traceId = traceId;
  }

  /** That of one of several things which came together. */
  Invocation ofPart(String trace) {
    Invocation part = new Invocation(function, log, deadLetters, http, trace);
    part.source(sourceCloud);
    part.device(device);
    part.replayOf(replayOf);
    return part;
  }

  /** Sets the body that the event was read from. */
  Invocation withBody(byte[] bytes) {
    body = Optional.of(bytes);
    return this;
  }

  /** The very bytes of the request, where it was posted: what a digest is taken of. */
  public Optional<byte[]> body() {
    return body;
  }

  /** The deployed name of the function that runs. */
  public String function() {
    return function;
  }

  /** Whether it came over HTTP; else it was called directly. */
  public boolean isHttp() {
    return http;
  }

  /** The trace that it belongs to; empty until it is known. */
  public String traceId() {
    return traceId;
  }

  /** Sets where the event came from. */
  void source(String cloud) {
    this.sourceCloud = cloud;
  }

  /** Sets the trace that it belongs to. */
  void trace(String trace) {
    this.traceId = trace;
  }

  /** Sets the dead letter that its event was. */
  void replayOf(Optional<String> letter) {
    replayOf = letter;
  }

  /** What follows from it, which says likewise of which dead letter it is a replay. */
  List<Handed> caused(List<Handed> next) {
    return replayOf.isEmpty()
        ? next
        : next.stream().map(handed -> handed.with(caused(handed.event()))).toList();
  }

  private JsonObject caused(JsonObject event) {
    return replayOf.map(letter -> ReplayMark.on(event, letter)).orElse(event);
  }

  /** Says which id its sender had given its trace, where that was none and was replaced. */
  void noteReplacedTrace(String former) {
    note(
        Level.INFO,
        "The trace_id is no UUID and is replaced.",
        Map.of("former_trace_id", Envelope.isPlain(former) ? former : ""));
  }

  /** Sets the device that it is about. */
  public void device(String id) {
    this.device = id;
  }

  /** What a failure that its function met means for its event; one of the product is logged. */
  public Outcome failure(RuntimeException e) {
    if (e instanceof TwinloomException known) {
      return Failures.outcome(known);
    }
    TwinloomException failure = Failures.unexpected(function, e);
    note(
        Level.ERROR,
        failure.what(),
        Map.of("code", failure.code(), "stack_trace", FailureTrace.of(e)));
    return new Outcome.Failed(failure);
  }

  /** Writes a line to the log besides the invocation's own. */
  public void note(Level level, String message, Map<String, String> fields) {
    distinct = true;
    log.note(level, function, traceId, message, fields);
  }

  /**
   * Logs the id and the trace of a marked measurement, by which {@code verify} finds its way
   * through the logs.
   */
  public void noteMark(Envelope envelope) {
    if (envelope.mark().orElse(null) instanceof JsonString mark && Envelope.isPlain(mark.value())) {
      note(Level.INFO, "A marked measurement", Map.of("verify", mark.value()));
    }
  }

  /** Records what a rule did for the event of an envelope. */
  public void ruled(RuleKind kind, int rule, String about, Envelope envelope, String text) {
    log.ruled(
        function, new RuleRecord(kind, rule, about, envelope.eventId().orElse(""), traceId, text));
  }

  /** Counts something that happened. */
  public void count(String what) {
    log.count(function, what);
  }

  /** Records what value something has now. */
  public void measure(String what, long value) {
    log.measure(function, what, value);
  }

  /** Records an error that its caller does not see. */
  public void failed(TwinloomException why) {
    outcome = why.code();
    note(Level.ERROR, why.what(), Map.of("code", why.code()));
  }

  /**
   * Keeps an event as a dead letter, since it would fail again: the invocation succeeds, with the
   * error as its outcome.
   *
   * @param attempts how often it was tried
   * @throws io.twinloom.functions.port.StoreException if the dead letter cannot be kept
   */
  public void deadLetter(JsonValue event, TwinloomException why, int attempts) {
    deadLetter(function, event, why, attempts);
  }

  /**
   * Keeps a part of what is to be done as a dead letter.
   *
   * @param replayedBy the function that replays it: it is invoked with the event
   * @throws io.twinloom.functions.port.StoreException if the dead letter cannot be kept
   */
  public void deadLetter(String replayedBy, JsonValue event, TwinloomException why, int attempts) {
    JsonValue kept = event instanceof JsonObject object ? caused(object) : event;
    deadLetters.keep(new DeadLetter(replayedBy, kept, why.what(), attempts, traceId));
    outcome = why.code();
    note(
        Level.WARN,
        "The event is a dead letter: " + why.what(),
        Map.of("code", why.code(), "device", device, "attempts", Integer.toString(attempts)));
  }

  void outcome(String code) {
    outcome = code;
  }

  /** Has the event distinguished in the log from those that it is handled with. */
  void mark() {
    distinct = true;
  }

  /** Another event of the run has the same outcome, and the line that says why. */
  void isLikeAnother() {
    likeAnother = true;
  }

  /** Whether it has a line of its own in the log though it is one of several. */
  boolean isDistinct() {
    return distinct || !outcome.equals(OK) && !likeAnother;
  }

  String sourceCloud() {
    return sourceCloud;
  }

  String device() {
    return device;
  }

  String outcome() {
    return outcome;
  }
}
