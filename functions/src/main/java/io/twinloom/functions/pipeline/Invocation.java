package io.twinloom.functions.pipeline;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.DeadLetters;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.util.Map;
import java.util.Optional;

/**
 * One run of a function: gathers what its log line says, as the function learns it. Used by one
 * thread.
 */
public final class Invocation {

  /** The outcome of an invocation that did what it should. */
  static final String OK = "ok";

  private final String function;
  private final InvocationLog log;
  private final boolean http;
  private String traceId;
  private String sourceCloud = "";
  private String device = "";
  private String outcome = OK;
  private Optional<byte[]> body = Optional.empty();

  /**
   * @param http whether it came over HTTP
   * @param traceId what is known of it so far; may be empty
   */
  public Invocation(String function, InvocationLog log, boolean http, String traceId) {
    this.function = function;
    this.log = log;
    this.http = http;
    this.traceId = traceId;
  }

  /** Gives it the body that the event was read from. */
  public Invocation withBody(byte[] bytes) {
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

  /** Says where the event came from and what it belongs to. */
  public void cameFrom(String cloud, String trace) {
    this.sourceCloud = cloud;
    this.traceId = trace;
  }

  /** Says which trace it belongs to. */
  public void trace(String trace) {
    this.traceId = trace;
  }

  /** Says which device it is about. */
  public void device(String id) {
    this.device = id;
  }

  /** Says something besides the log line. */
  public void note(Level level, String message, Map<String, String> fields) {
    log.note(level, function, traceId, message, fields);
  }

  /** Counts something that happened. */
  public void count(String what) {
    log.count(function, what);
  }

  /** Marks a run that ended well for its caller, though what it should do failed. */
  public void failed(TwinloomException why) {
    outcome = why.code();
    note(Level.ERROR, why.what(), Map.of("code", why.code()));
  }

  /**
   * Gives an event up, with why, so that the invocation can end well: it would fail again as it
   * did.
   *
   * @throws io.twinloom.functions.port.StoreException if the dead letter cannot be kept
   */
  public void giveUp(
      DeadLetters deadLetters, JsonValue event, TwinloomException why, int attempts) {
    giveUp(deadLetters, function, event, why, attempts);
  }

  /**
   * Gives up a part of what is to be done: replaying the dead letter is invoking that function with
   * that event.
   *
   * @throws io.twinloom.functions.port.StoreException if the dead letter cannot be kept
   */
  public void giveUp(
      DeadLetters deadLetters,
      String replayedBy,
      JsonValue event,
      TwinloomException why,
      int attempts) {
    deadLetters.keep(new DeadLetter(replayedBy, event, why.what(), attempts, traceId));
    outcome = why.code();
    note(
        Level.WARN,
        "The event is a dead letter: " + why.what(),
        Map.of("code", why.code(), "device", device, "attempts", Integer.toString(attempts)));
  }

  void outcome(String code) {
    outcome = code;
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
