package io.twinloom.local.log;

import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Which lines of the log are wanted.
 *
 * @param function the deployed function's name
 * @param atLeast lines that matter less are left out
 * @param since inclusive
 * @param notes whether lines without a message, those of invocations, are left out
 */
public record LogFilter(
    Optional<String> function,
    Optional<String> traceId,
    Level atLeast,
    Optional<Instant> since,
    boolean notes) {

  private static final String MESSAGE = "\"message\":";

  /** Every line. */
  public static LogFilter all() {
    return new LogFilter(Optional.empty(), Optional.empty(), Level.DEBUG, Optional.empty(), false);
  }

  public LogFilter ofFunction(String name) {
    return new LogFilter(Optional.of(name), traceId, atLeast, since, notes);
  }

  public LogFilter ofTrace(String id) {
    return new LogFilter(function, Optional.of(id), atLeast, since, notes);
  }

  public LogFilter ofLevel(Level level) {
    return new LogFilter(function, traceId, level, since, notes);
  }

  public LogFilter from(Instant time) {
    return new LogFilter(function, traceId, atLeast, Optional.of(time), notes);
  }

  /** Only what functions and user code said, not that they ran. */
  public LogFilter ofNotes() {
    return new LogFilter(function, traceId, atLeast, since, true);
  }

  /**
   * Whether a line may match, by its text alone: names and traces hold nothing that JSON escapes.
   */
  boolean mayMatch(String line) {
    return function.map(line::contains).orElse(true)
        && traceId.map(line::contains).orElse(true)
        && (!notes || line.contains(MESSAGE));
  }

  boolean matches(JsonObject line) {
    return function.map(name -> line.text("function").equals(Optional.of(name))).orElse(true)
        && traceId.map(id -> line.text("trace_id").equals(Optional.of(id))).orElse(true)
        && level(line).compareTo(atLeast) >= 0
        && (!notes || line.has("message"))
        && since.map(time -> !time(line).isBefore(time)).orElse(true);
  }

  private static Level level(JsonObject line) {
    try {
      return Level.valueOf(line.text("level").orElse("INFO"));
    } catch (IllegalArgumentException e) {
      return Level.INFO;
    }
  }

  private static Instant time(JsonObject line) {
    try {
      return Instant.parse(line.text("time").orElse(""));
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }
}
