package io.twinloom.cli.demo;

import io.twinloom.deployer.control.LogLine;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast measurements come and how long they are on their way, read from the lines of the log:
 * from the start of the first function of a trace to the end of the one that stores it. Not for
 * several threads.
 */
final class Throughput {

  private static final int SAMPLES = 400;
  private static final int OPEN_TRACES = 10_000;
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private final String first;
  private final String last;
  private final Map<String, Instant> begun = new LinkedHashMap<>();
  private final Deque<Double> millis = new ArrayDeque<>();
  private final Deque<Instant> stored = new ArrayDeque<>();

  /** The functions' names. */
  Throughput(String first, String last) {
    this.first = first;
    this.last = last;
  }

  void line(LogLine line) {
    String function = line.function();
    String trace = line.traceId().orElse("");
    Optional<Instant> ended = time(line);
    int events = line.endedWell().orElse(line.outcome().equals(Optional.of("ok")) ? 1 : 0);
    if (trace.isEmpty() || ended.isEmpty() || events == 0) {
      return;
    }
    if (function.equals(first)) {
      begun.put(trace, ended.get().minusNanos(Math.round(line.millis().orElse(0) * 1e6)));
      if (begun.size() > OPEN_TRACES) {
        begun.remove(begun.keySet().iterator().next());
      }
    } else if (function.equals(last)) {
      Instant start = begun.remove(trace);
      if (start != null) {
        add(millis, Duration.between(start, ended.get()).toNanos() / 1e6);
      }
      // The line of several events has the trace of the first alone.
      for (int i = 0; i < events && (start != null || events > 1); i++) {
        stored.addLast(ended.get());
      }
    }
  }

  private static void add(Deque<Double> samples, double value) {
    if (samples.size() == SAMPLES) {
      samples.removeFirst();
    }
    samples.addLast(value);
  }

  /** Measurements stored per second, of late. */
  double perSecond(Instant now) {
    while (!stored.isEmpty() && stored.getFirst().isBefore(now.minus(WINDOW))) {
      stored.removeFirst();
    }
    return stored.size() * 1e3 / WINDOW.toMillis();
  }

  /** The median of the way's duration in milliseconds; empty before there is one. */
  Optional<Double> median() {
    return millis.stream().sorted().skip(millis.size() / 2).findFirst();
  }

  private static Optional<Instant> time(LogLine line) {
    try {
      return Optional.of(Instant.parse(line.time()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
