package io.twinloom.functions.fake;

import io.twinloom.functions.port.InvocationLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Remembers what was logged. */
public final class RecordingLog implements InvocationLog {

  /** An invocation's line. */
  public record Line(
      String function, String sourceCloud, String traceId, String device, String outcome) {}

  /** Anything else. */
  public record Note(
      Level level, String function, String traceId, String message, Map<String, String> fields) {}

  private final List<Line> lines = new ArrayList<>();
  private final List<Note> notes = new ArrayList<>();
  private final List<String> counts = new ArrayList<>();
  private final Map<String, Long> measures = new TreeMap<>();

  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** The only line. */
  public Line onlyLine() {
    if (lines.size() != 1) {
      throw new AssertionError("expected one line, found " + lines);
    }
    return lines.getFirst();
  }

  public List<Note> notes() {
    return List.copyOf(notes);
  }

  /** The messages of a level. */
  public List<String> messages(Level level) {
    return notes.stream().filter(n -> n.level() == level).map(Note::message).toList();
  }

  /** What was counted, once for each time. */
  public List<String> counts() {
    return List.copyOf(counts);
  }

  @Override
  public void invocation(
      String function,
      String sourceCloud,
      String traceId,
      String device,
      String outcome,
      Duration duration) {
    lines.add(new Line(function, sourceCloud, traceId, device, outcome));
  }

  /** A line for several events. */
  public record Batch(String function, String traceId, Endings endings) {}

  private final List<Batch> batches = new ArrayList<>();

  public List<Batch> batches() {
    return List.copyOf(batches);
  }

  @Override
  public void batch(String function, String traceId, Endings endings, Duration duration) {
    batches.add(new Batch(function, traceId, endings));
  }

  @Override
  public void note(
      Level level, String function, String traceId, String message, Map<String, String> fields) {
    notes.add(new Note(level, function, traceId, message, fields));
  }

  @Override
  public void count(String function, String what) {
    counts.add(what);
  }

  /** The last value of each thing that was measured. */
  public Map<String, Long> measures() {
    return Map.copyOf(measures);
  }

  @Override
  public void measure(String function, String what, long value) {
    measures.put(what, value);
  }
}
