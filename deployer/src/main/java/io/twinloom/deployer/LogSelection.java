package io.twinloom.deployer;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Chooses the lines that a {@link LogQuery} wants. What user code prints names no device, so the
 * lines of a device are those that name it and those of their traces: {@link #learn} takes the
 * former before {@link #wants} is asked. Not for several threads.
 */
public final class LogSelection {

  private final LogQuery query;
  private final Set<String> traces = new HashSet<>();

  public LogSelection(LogQuery query) {
    this.query = query;
  }

  /** Notes the trace of a line that names the device. */
  public void learn(LogLine line) {
    if (query.device().isPresent() && query.device().equals(line.device())) {
      line.traceId().filter(id -> !id.isEmpty()).ifPresent(traces::add);
    }
  }

  /** Whether a line is wanted. */
  public boolean wants(LogLine line) {
    learn(line);
    return query.function().map(line.function()::equals).orElse(true)
        && (query.trace().isEmpty() || query.trace().equals(line.traceId()))
        && isOfDevice(line)
        && LogQuery.LEVELS.indexOf(line.level()) >= LogQuery.LEVELS.indexOf(query.level())
        && query.since().map(time -> !time(line).isBefore(time)).orElse(true);
  }

  private boolean isOfDevice(LogLine line) {
    return query.device().isEmpty()
        || query.device().equals(line.device())
        || line.traceId().filter(traces::contains).isPresent();
  }

  private static Instant time(LogLine line) {
    try {
      return Instant.parse(line.time());
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }
}
