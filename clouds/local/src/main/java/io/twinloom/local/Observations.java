package io.twinloom.local;

import io.twinloom.functions.port.InvocationLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What a log was given beside its lines, for {@code status}: counts and warnings. */
final class Observations {

  /** So many are kept; a text that comes again moves to the end. */
  static final int KEPT = 50;

  private final SequencedMap<String, String> recent = new LinkedHashMap<>();
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  /** The log, listened to. */
  InvocationLog watching(InvocationLog log) {
    return new InvocationLog() {
      @Override
      public void invocation(
          String function,
          String sourceCloud,
          String traceId,
          String device,
          String outcome,
          Duration duration) {
        log.invocation(function, sourceCloud, traceId, device, outcome, duration);
      }

      @Override
      public void batch(String function, String traceId, Endings endings, Duration duration) {
        log.batch(function, traceId, endings, duration);
      }

      @Override
      public void note(
          Level level,
          String function,
          String traceId,
          String message,
          Map<String, String> fields) {
        if (level == Level.WARN || level == Level.ERROR) {
          String text = function.isEmpty() ? message : function + ": " + message;
          // User code words each warning anew: its last one stands for all.
          add(InvocationLog.isOfUserCode(fields) ? function : text, text);
        }
        log.note(level, function, traceId, message, fields);
      }

      @Override
      public void count(String function, String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
        log.count(function, what);
      }
    };
  }

  private synchronized void add(String kind, String text) {
    recent.remove(kind);
    recent.putLast(kind, text);
    if (recent.size() > KEPT) {
      recent.pollFirstEntry();
    }
  }

  /** How often what is only counted has happened since the start, by its name. */
  Map<String, Long> counts() {
    Map<String, Long> now = new TreeMap<>();
    counts.forEach((what, count) -> now.put(what, count.sum()));
    return now;
  }

  /** The warnings, oldest first. */
  synchronized List<String> list() {
    return List.copyOf(recent.values());
  }
}
