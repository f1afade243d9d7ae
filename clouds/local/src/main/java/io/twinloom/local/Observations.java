package io.twinloom.local;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.ForwardingLog;
import io.twinloom.functions.port.InvocationLog;
import io.twinloom.local.observe.TwinActivity;
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

  private static final String OK = "ok";

  /** So many are kept; a text that comes again moves to the end. */
  static final int KEPT = 50;

  private final SequencedMap<String, String> recent = new LinkedHashMap<>();
  private final Map<String, LongAdder> counts = new ConcurrentSkipListMap<>();

  private final TwinActivity activity;

  /**
   * @param activity takes what functions do
   */
  Observations(TwinActivity activity) {
    this.activity = activity;
  }

  /** The log, listened to. */
  InvocationLog watching(InvocationLog log) {
    return new ForwardingLog(log) {
      @Override
      public void invocation(
          String function,
          String sourceCloud,
          String traceId,
          String device,
          String outcome,
          Duration duration) {
        activity.ran(function, duration, outcome.equals(OK));
        end(function, outcome);
        super.invocation(function, sourceCloud, traceId, device, outcome, duration);
      }

      @Override
      public void eventOfBatch(
          String function,
          String sourceCloud,
          String traceId,
          String device,
          String outcome,
          Duration duration) {
        end(function, outcome);
        super.eventOfBatch(function, sourceCloud, traceId, device, outcome, duration);
      }

      @Override
      public void batch(String function, String traceId, Endings endings, Duration duration) {
        activity.ran(function, duration, endings.ok(), true);
        activity.ran(function, duration, endings.events() - endings.ok(), false);
        super.batch(function, traceId, endings, duration);
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
        listen(message, fields);
        super.note(level, function, traceId, message, fields);
      }

      @Override
      public void count(String function, String what) {
        counts.computeIfAbsent(what, name -> new LongAdder()).increment();
        if (what.equals(Invocation.LISTED)) {
          activity.listed();
        }
        super.count(function, what);
      }
    };
  }

  private void end(String function, String outcome) {
    if (outcome.equals(FunctionsError.VERIFY_LATE.code())) {
      activity.dropped(function);
    }
  }

  private void listen(String message, Map<String, String> fields) {
    String client = fields.get("client");
    String topic = fields.get("topic");
    if (client != null && (topic != null || fields.containsKey("address"))) {
      activity.refusedTopic(client, topic == null ? "" : topic, message);
    }
    String device = fields.get("device");
    String code = fields.get("code");
    if (device != null && code != null && !device.isEmpty()) {
      activity.refused(device, code, message);
    }
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
