package io.twinloom.server.live;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.trace.TraceId;
import io.twinloom.server.live.TraceSpans.Span;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Traces: the recent ones, one as a waterfall, one as OTLP JSON. */
public final class TracesView {

  /** A list is made of so many lines of the log, the newest. */
  private static final int LINES = 10_000;

  /** Which are wanted: all that is given must hold. */
  public record Wanted(
      Optional<String> device,
      Optional<String> function,
      Optional<String> outcome,
      Optional<Double> minMillis,
      Optional<Instant> since) {}

  private TracesView() {}

  private static TraceSpans read(RunningProject twin, String id) {
    List<LogLine> lines = new ArrayList<>();
    twin.target().logs(LogQuery.builder().trace(Optional.of(id)).build(), lines::add);
    return new TraceSpans(id, lines, twin.project().topology());
  }

  /** A trace as a waterfall. */
  public static JsonObject waterfall(RunningProject twin, String id) {
    TraceSpans spans = read(twin, id);
    Instant start = spans.start().orElse(Instant.EPOCH);
    Set<String> critical = spans.critical();
    Map<String, LiveTwin.Figures> figures = twin.live().traffic(LiveTwin.KEPT).functions();
    List<JsonValue> rows = new ArrayList<>();
    for (Span span : spans.all()) {
      LiveTwin.Figures known = figures.get(span.function());
      rows.add(
          row(
              twin,
              spans,
              span,
              start,
              critical,
              known == null ? OptionalDouble.empty() : known.usual()));
    }
    return JsonObject.builder()
        .put("id", id)
        .put("traceId", TraceId.w3c(id))
        .put("project", twin.project().topology().twin())
        .put("kept", !spans.all().isEmpty())
        .put("started", Members.time(spans.start()))
        .put("ms", millis(spans.length()))
        .put("device", Members.text(spans.device()))
        .put("outcome", spans.outcome())
        .put("spans", new JsonArray(rows))
        .put("criticalMs", millis(spans.length()))
        .build();
  }

  private static JsonValue millis(Duration duration) {
    return Members.rounded(duration.toNanos() / 1e6);
  }

  private static JsonObject row(
      RunningProject twin,
      TraceSpans spans,
      Span span,
      Instant start,
      Set<String> critical,
      OptionalDouble usual) {
    List<LogLine> notes =
        spans.notes().stream().filter(n -> n.function().equals(span.function())).toList();
    return JsonObject.builder()
        .put("spanId", span.id())
        .put("parentSpanId", Members.text(spans.parentOf(span).map(Span::id)))
        .put("function", span.function())
        .put("cloud", span.cloud())
        .put(
            "layer",
            Members.text(
                twin.project()
                    .topology()
                    .function(span.function())
                    .map(DeployedFunction::layer)
                    .map(l -> l.title())))
        .put("depth", spans.depth(span))
        .put("startMs", millis(Duration.between(start, span.start())))
        .put("ms", millis(Duration.between(span.start(), span.end())))
        .put("outcome", span.outcome())
        .put("sourceCloud", Members.text(span.from()))
        .put("connection", Members.text(spans.connection(span)))
        .put("attempt", span.attempt())
        .put("usual", Members.rounded(usual))
        .put("critical", critical.contains(span.id()))
        .put("notes", Members.list(notes, note -> note(note, start)))
        .build();
  }

  private static JsonObject note(LogLine note, Instant start) {
    return JsonObject.builder()
        .put("atMs", millis(Duration.between(start, Instant.parse(note.time()))))
        .put("level", note.level())
        .put("message", note.message().orElse(""))
        .build();
  }

  /**
   * The recent traces, the newest first. Those of readers alone, which somebody asked something,
   * are left out unless a function is named.
   */
  public static JsonObject list(RunningProject twin, Wanted wanted, int limit) {
    List<LogLine> lines = new ArrayList<>();
    twin.target()
        .logs(
            LogQuery.builder()
                .device(wanted.device())
                .since(wanted.since())
                .tail(OptionalInt.of(LINES))
                .build(),
            lines::add);
    Map<String, List<LogLine>> byTrace = new LinkedHashMap<>();
    for (LogLine line : lines.reversed()) {
      line.traceId()
          .filter(id -> !id.isEmpty())
          .ifPresent(id -> byTrace.computeIfAbsent(id, i -> new ArrayList<>()).add(line));
    }
    List<JsonValue> items = new ArrayList<>();
    for (Map.Entry<String, List<LogLine>> trace : byTrace.entrySet()) {
      TraceSpans spans =
          new TraceSpans(trace.getKey(), trace.getValue().reversed(), twin.project().topology());
      if (items.size() < limit && isOf(spans, wanted)) {
        items.add(summary(trace.getKey(), spans));
      }
    }
    return JsonObject.builder().put("items", new JsonArray(items)).build();
  }

  private static boolean isOf(TraceSpans spans, Wanted wanted) {
    if (spans.all().isEmpty() || wanted.function().isEmpty() && spans.isOfReaders()) {
      return false;
    }
    boolean ok = spans.outcome().equals("ok");
    return wanted.device().map(d -> spans.device().equals(Optional.of(d))).orElse(true)
        && wanted
            .function()
            .map(f -> spans.all().stream().anyMatch(s -> s.function().equals(f)))
            .orElse(true)
        && wanted.outcome().map(o -> o.equals("ok") == ok).orElse(true)
        && wanted.minMillis().map(m -> spans.length().toNanos() / 1e6 >= m).orElse(true);
  }

  private static JsonObject summary(String id, TraceSpans spans) {
    return JsonObject.builder()
        .put("id", id)
        .put("started", Members.time(spans.start()))
        .put("ms", millis(spans.length()))
        .put("device", Members.text(spans.device()))
        .put("functions", spans.all().stream().map(Span::function).distinct().count())
        .put("clouds", JsonArray.ofTexts(spans.all().stream().map(Span::cloud).distinct().toList()))
        .put("outcome", spans.outcome())
        .put("crossings", spans.all().stream().filter(s -> s.from().isPresent()).count())
        .build();
  }

  /** A trace as OTLP JSON. */
  public static JsonObject otlp(RunningProject twin, String id) {
    TraceSpans spans = read(twin, id);
    return OtlpJson.of(
        twin.project().topology().twin(), List.of(new OtlpJson.Part(spans, spans.all())));
  }
}
