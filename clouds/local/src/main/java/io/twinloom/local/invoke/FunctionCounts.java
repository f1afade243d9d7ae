package io.twinloom.local.invoke;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each function of a cloud has run, and how often it has failed, since the start. */
final class FunctionCounts {

  private static final class Tally {
    final LongAdder invocations = new LongAdder();
    final LongAdder errors = new LongAdder();
    volatile long lastMillis = -1;
  }

  private final InstantSource clock;
  private final Map<String, Tally> tallies = new ConcurrentHashMap<>();

  FunctionCounts(InstantSource clock) {
    this.clock = clock;
  }

  /** Has a function among the counts before its first run. */
  void add(String function) {
    tally(function);
  }

  void started(String function) {
    Tally tally = tally(function);
    tally.invocations.increment();
    tally.lastMillis = clock.millis();
  }

  /** Counts an error of a function of this cloud. */
  void failed(String function) {
    tally(function).errors.increment();
  }

  /** The counts, by the functions' names in order. */
  List<FunctionHost.Counts> all() {
    return tallies.entrySet().stream()
        .map(e -> counts(e.getKey(), e.getValue()))
        .sorted(Comparator.comparing(FunctionHost.Counts::function))
        .toList();
  }

  private Tally tally(String function) {
    return tallies.computeIfAbsent(function, name -> new Tally());
  }

  private static FunctionHost.Counts counts(String function, Tally tally) {
    long last = tally.lastMillis;
    return new FunctionHost.Counts(
        function,
        tally.invocations.sum(),
        tally.errors.sum(),
        last < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)));
  }
}
