package io.twinloom.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.json.JsonObject;
import io.twinloom.server.live.TraceSpans.Span;
import io.twinloom.testkit.project.ProjectBuilder;
import io.twinloom.topology.Topology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceSpansTest {

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @TempDir Path folder;

  private TraceSpans spans(LogLine... lines) {
    Topology topology =
        Topology.of(
            ProjectBuilder.of("glass").overThreeClouds().device("tank", "level").readFrom(folder));
    return new TraceSpans(TRACE, List.of(lines), topology);
  }

  /**
   * What a function has written.
   *
   * @param start milliseconds after the first
   */
  private static LogLine ran(String function, String cloud, long start, long millis) {
    return new LogLine(
        JsonObject.builder()
            .put("time", START.plusMillis(start + millis).toString())
            .put("function", function)
            .put("cloud", cloud)
            .put("outcome", "ok")
            .put("ms", millis)
            .build());
  }

  private static List<String> parent(TraceSpans spans, Span of) {
    return spans.parentOf(of).map(Span::function).stream().toList();
  }

  private static Span span(TraceSpans spans, String function) {
    return spans.all().stream()
        .filter(s -> s.function().equals(function))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theCallerIsTheLastThatBeganBefore() {
    TraceSpans spans =
        spans(
            ran("glass-dispatcher", "aws", 0, 5),
            ran("glass-connector", "aws", 6, 40),
            ran("glass-connector", "aws", 100, 40));
    assertThat(parent(spans, span(spans, "glass-connector"))).containsExactly("glass-dispatcher");
    assertThat(spans.parentOf(span(spans, "glass-dispatcher"))).isEmpty();
    assertThat(spans.depth(spans.all().getLast())).isEqualTo(1);
  }

  @Test
  void aCallerWhoseLineWasWrittenLateIsTheCallerStill() {
    TraceSpans spans =
        spans(ran("glass-connector", "aws", 0, 47), ran("glass-dispatcher", "aws", 7, 6));
    assertThat(parent(spans, span(spans, "glass-connector"))).containsExactly("glass-dispatcher");
    assertThat(spans.parentOf(span(spans, "glass-dispatcher"))).isEmpty();
    assertThat(spans.depth(span(spans, "glass-connector"))).isEqualTo(1);
  }
}
