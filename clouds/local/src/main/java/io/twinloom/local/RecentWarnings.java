package io.twinloom.local;

import io.twinloom.functions.port.InvocationLog;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The last warnings and errors that a log was given, for whoever asks how the twin is. */
final class RecentWarnings {

  /** So many are kept; a text that comes again moves to the end. */
  static final int KEPT = 50;

  private final Deque<String> recent = new ArrayDeque<>();

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
      public void note(
          Level level,
          String function,
          String traceId,
          String message,
          Map<String, String> fields) {
        if (level == Level.WARN || level == Level.ERROR) {
          add(function.isEmpty() ? message : function + ": " + message);
        }
        log.note(level, function, traceId, message, fields);
      }
    };
  }

  private synchronized void add(String text) {
    recent.remove(text);
    recent.addLast(text);
    if (recent.size() > KEPT) {
      recent.removeFirst();
    }
  }

  /** Oldest first. */
  synchronized List<String> list() {
    return List.copyOf(recent);
  }
}
