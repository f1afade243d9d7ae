package io.twinloom.deployer;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
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
  private final Set<String> readers;
  private final Set<String> traces = new HashSet<>();

  /**
   * @param readers the names of the functions that read: who looks at a device's data does nothing
   *     for the device, so their lines are not its own unless they are asked for by function or
   *     trace
   */
  public LogSelection(LogQuery query, Set<String> readers) {
    this.query = query;
    this.readers =
        query.function().isPresent() || query.trace().isPresent() ? Set.of() : Set.copyOf(readers);
  }

  /** The names of a plan's functions that read. */
  public static Set<String> readers(JsonObject plan) {
    Set<String> names = new HashSet<>();
    for (JsonValue one : plan.array("functions").orElse(JsonArray.EMPTY)) {
      if (one instanceof JsonObject function
          && function
              .text("function")
              .flatMap(FunctionKind::of)
              .filter(kind -> FunctionSpec.of(kind).onlyReads())
              .isPresent()) {
        function.text("name").ifPresent(names::add);
      }
    }
    return names;
  }

  /** The names of a twin's functions that read. */
  public static Set<String> readers(Topology topology) {
    Set<String> names = new HashSet<>();
    for (DeployedFunction function : topology.functions()) {
      if (FunctionSpec.of(function.kind()).onlyReads()) {
        names.add(function.name());
      }
    }
    return names;
  }

  /** Notes the trace of a line that names the device. */
  public void learn(LogLine line) {
    if (query.device().isPresent() && query.device().equals(line.device()) && !isReader(line)) {
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
    return query.device().isEmpty() || !isReader(line) && isOfThis(line);
  }

  private boolean isReader(LogLine line) {
    return readers.contains(line.function());
  }

  private boolean isOfThis(LogLine line) {
    return query.device().equals(line.device())
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
