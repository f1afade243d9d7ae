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
 */
public record LogFilter(
    Optional<String> function, Optional<String> traceId, Level atLeast, Optional<Instant> since) {

  /** Every line. */
  public static LogFilter all() {
    return new LogFilter(Optional.empty(), Optional.empty(), Level.DEBUG, Optional.empty());
  }

  public LogFilter ofFunction(String name) {
    return new LogFilter(Optional.of(name), traceId, atLeast, since);
  }

  public LogFilter ofTrace(String id) {
    return new LogFilter(function, Optional.of(id), atLeast, since);
  }

  public LogFilter ofLevel(Level level) {
    return new LogFilter(function, traceId, level, since);
  }

  public LogFilter from(Instant time) {
    return new LogFilter(function, traceId, atLeast, Optional.of(time));
  }

  /**
   * Whether a line may match, by its text alone: names and traces hold nothing that JSON escapes.
   */
  boolean mayMatch(String line) {
    return function.map(line::contains).orElse(true) && traceId.map(line::contains).orElse(true);
  }

  boolean matches(JsonObject line) {
    return function.map(name -> line.text("function").equals(Optional.of(name))).orElse(true)
        && traceId.map(id -> line.text("trace_id").equals(Optional.of(id))).orElse(true)
        && level(line).compareTo(atLeast) >= 0
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
