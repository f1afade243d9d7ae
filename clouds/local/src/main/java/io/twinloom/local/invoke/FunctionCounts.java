package io.twinloom.local.invoke;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many events each function of a cloud has run on, how many of them have failed, and in how
 * many batches they came, since the start.
 */
final class FunctionCounts {

  private static final class Tally {
    final LongAdder invocations = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder batches = new LongAdder();
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

  /** Has a function not among the counts any more. */
  void remove(String function) {
    tallies.remove(function);
  }

  void started(String function) {
    started(function, 1);
  }

  /** Counts a run on several events: each of them, and the run as a batch. */
  void started(String function, int events) {
    Tally tally = tally(function);
    tally.invocations.add(events);
    tally.batches.increment();
    tally.lastMillis = clock.millis();
  }

  /** Counts an error of a function of this cloud. */
  void failed(String function) {
    failed(function, 1);
  }

  /** Counts the events of a run that have failed. */
  void failed(String function, int events) {
    tally(function).errors.add(events);
  }

  /** Counts what was found to be several events when the run had begun. */
  void more(String function, int events) {
    tally(function).invocations.add(events);
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
        tally.batches.sum(),
        last < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)));
  }
}
