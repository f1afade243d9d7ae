package io.twinloom.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens on a server, and notes what is worth it: a few lines a minute for each kind,
 * so that one mistaken client cannot fill the log. Confined to the event loop but for {@link
 * #count}.
 */
final class EventLog {

  /** As many lines of one kind in a minute. */
  static final int LINES_A_MINUTE = 5;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What is counted. */
  enum Kind {
    CONSUMED,
    ROUTED,
    DELIVERED,
    DROPPED,
    REFUSED,
    FAILED,
    REJECTED,
    NO_SUBSCRIBERS,
    WILL,
    STORE
  }

  private static final class Tally {
    private final LongAdder count = new LongAdder();
    private Instant since = Instant.MIN;
    private int written;
    private long left;
  }

  private final MqttLog log;
  private final InstantSource clock;
  private final Tally[] tallies = new Tally[Kind.values().length];

  EventLog(MqttLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    Arrays.setAll(tallies, i -> new Tally());
  }

  void add(Kind kind) {
    tallies[kind.ordinal()].count.increment();
  }

  long count(Kind kind) {
    return tallies[kind.ordinal()].count.sum();
  }

  /** Counts it and notes it as a warning, or only counts it where many were noted lately. */
  void warn(Kind kind, String message, Map<String, String> fields) {
    warn(kind, message, fields, null);
  }

  /** The same with what a port of the server failed with. */
  void warn(Kind kind, String message, Map<String, String> fields, @Nullable Throwable cause) {
    add(kind);
    Tally last = tallies[kind.ordinal()];
    Instant now = clock.instant();
    if (last.since.isBefore(now.minus(MINUTE))) {
      last.since = now;
      last.written = 0;
    }
    if (last.written >= LINES_A_MINUTE) {
      last.left++;
      return;
    }
    last.written++;
    Map<String, String> all = fields;
    if (last.left > 0) {
      all = new HashMap<>(fields);
      all.put("not_noted_before", Long.toString(last.left));
      last.left = 0;
    }
    log.warn(message, all, cause);
  }
}
