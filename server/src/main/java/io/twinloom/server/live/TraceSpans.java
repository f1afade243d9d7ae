package io.twinloom.server.live;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.model.function.Callee;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Remote;
import io.twinloom.model.trace.TraceParent;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The invocations of a trace in the order of their starts, made of the lines of the log. */
final class TraceSpans {

  private static final String OK = "ok";

  private static final Set<FunctionKind> READERS =
      EnumSet.of(
          FunctionKind.HOT_READER,
          FunctionKind.HOT_READER_LAST_ENTRY,
          FunctionKind.COLD_READER,
          FunctionKind.ARCHIVE_READER,
          FunctionKind.HISTORY_READER,
          FunctionKind.DATA_CONNECTOR,
          FunctionKind.DATA_CONNECTOR_LAST_ENTRY);

  /**
   * An invocation.
   *
   * @param attempt from 1
   * @param from the cloud that it came from, where that is another one
   */
  record Span(
      String id,
      String function,
      String cloud,
      Instant start,
      Instant end,
      String outcome,
      int attempt,
      Optional<String> from) {
    boolean isOk() {
      return outcome.equals(OK);
    }
  }

  private final String id;
  private final Topology topology;
  private final List<Span> spans = new ArrayList<>();
  private final Map<String, Span> parents = new HashMap<>();
  private final List<LogLine> notes = new ArrayList<>();
  private Optional<String> device = Optional.empty();

  /**
   * @param lines the lines of the trace
   */
  TraceSpans(String trace, List<LogLine> lines, Topology topology) {
    this.id = trace;
    this.topology = topology;
    Map<String, Integer> attempts = new HashMap<>();
    for (LogLine line : lines) {
      if (device.isEmpty()) {
        device = line.device().filter(d -> !d.isEmpty());
      }
      Optional<Instant> end = time(line);
      if (line.outcome().isPresent() && line.millis().isPresent() && end.isPresent()) {
        int attempt = attempts.merge(line.function() + "@" + line.cloud(), 1, Integer::sum);
        long nanos = (long) (line.millis().getAsDouble() * 1e6);
        spans.add(
            new Span(
                TraceParent.spanId(trace, line.cloud(), line.function(), attempt),
                line.function(),
                line.cloud(),
                end.get().minusNanos(nanos),
                end.get(),
                line.outcome().get(),
                attempt,
                source(line)));
      } else if (line.message().isPresent()) {
        notes.add(line);
      }
    }
    spans.sort(Comparator.comparing(Span::start));
    spans.forEach(span -> parent(span).ifPresent(p -> parents.put(span.id(), p)));
  }

  private static Optional<String> source(LogLine line) {
    return line.json()
        .text("source_cloud")
        .flatMap(
            name ->
                Provider.all().stream()
                    .filter(p -> p.connectionId().equals(name) || p.id().equals(name))
                    .map(Provider::id)
                    .findFirst())
        .filter(cloud -> !cloud.equals(line.cloud()));
  }

  private static Optional<Instant> time(LogLine line) {
    try {
      return Optional.of(Instant.parse(line.time()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Of the trace. */
  String id() {
    return id;
  }

  List<Span> all() {
    return spans;
  }

  List<LogLine> notes() {
    return notes;
  }

  Optional<String> device() {
    return device;
  }

  Optional<Span> parentOf(Span span) {
    return Optional.ofNullable(parents.get(span.id()));
  }

  /**
   * The one that called it, as far as the log tells: of those of a kind that calls its kind the
   * last that began before it. Where none did, the first of them: clouds have clocks of their own,
   * and a busy machine writes a line later than what it tells has ended.
   */
  private Optional<Span> parent(Span span) {
    Set<FunctionKind> kinds = callers(kind(span));
    String cloud = span.from().orElse(span.cloud());
    List<Span> callers =
        spans.stream()
            .filter(other -> other != span && other.cloud().equals(cloud))
            .filter(other -> kind(other).filter(kinds::contains).isPresent())
            .toList();
    return callers.stream()
        .filter(caller -> !caller.start().isAfter(span.start()))
        .reduce((first, last) -> last)
        .or(() -> callers.stream().filter(c -> !kind(c).equals(kind(span))).findFirst());
  }

  private Optional<FunctionKind> kind(Span span) {
    return topology.function(span.function()).map(DeployedFunction::kind);
  }

  private static Set<FunctionKind> callers(Optional<FunctionKind> callee) {
    Set<FunctionKind> callers = new HashSet<>();
    for (FunctionKind kind : FunctionKind.values()) {
      FunctionSpec spec = FunctionSpec.of(kind);
      boolean calls =
          spec.invokes().stream().map(Callee::kind).anyMatch(k -> callee.equals(Optional.of(k)))
              || spec.sends().stream()
                  .map(Remote::receiver)
                  .anyMatch(k -> callee.equals(Optional.of(k)));
      if (calls) {
        callers.add(kind);
      }
    }
    return callers;
  }

  /** The connection that an invocation came over, where it came from another cloud. */
  Optional<String> connection(Span span) {
    return span.from()
        .flatMap(
            from ->
                topology.connections().stream()
                    .filter(c -> c.receiver().name().equals(span.function()))
                    .filter(c -> c.from().id().equals(from))
                    .map(Connection::id)
                    .findFirst());
  }

  /** How deep a span is under the first one. */
  int depth(Span span) {
    int depth = 0;
    Optional<Span> at = parentOf(span);
    while (at.isPresent() && depth < spans.size()) {
      depth++;
      at = parentOf(at.get());
    }
    return depth;
  }

  /** Those that the end of the whole waited for: the one that ended last, and its callers. */
  Set<String> critical() {
    Set<String> path = new HashSet<>();
    Optional<Span> at = spans.stream().max(Comparator.comparing(Span::end));
    while (at.isPresent() && path.add(at.get().id())) {
      at = parentOf(at.get());
    }
    return path;
  }

  /** Whether it is of nothing but what somebody asked of readers. */
  boolean isOfReaders() {
    return spans.stream().allMatch(s -> kind(s).filter(READERS::contains).isPresent());
  }

  /** When the first one began; empty where there is none. */
  Optional<Instant> start() {
    return spans.stream().map(Span::start).min(Comparator.naturalOrder());
  }

  /** From the beginning of the first to the end of the last. */
  Duration length() {
    return spans.stream()
        .map(Span::end)
        .max(Comparator.naturalOrder())
        .map(end -> Duration.between(start().orElse(end), end))
        .orElse(Duration.ZERO);
  }

  /** {@code ok}, or the first error. */
  String outcome() {
    return spans.stream().filter(s -> !s.isOk()).map(Span::outcome).findFirst().orElse(OK);
  }
}
