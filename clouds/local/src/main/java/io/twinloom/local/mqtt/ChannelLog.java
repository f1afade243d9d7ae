package io.twinloom.local.mqtt;

import io.twinloom.functions.port.InvocationLog;
import io.twinloom.functions.port.InvocationLog.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happens on a channel, and notes what is worth it: a few lines a minute for each kind,
 * so that one mistaken device cannot fill the log. Confined to the channel's event loop but for
 * {@link #count}.
 */
final class ChannelLog {

  /** As many lines of one kind in a minute. */
  static final int LINES_A_MINUTE = 5;

  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** What is counted. */
  enum Kind {
    TELEMETRY,
    COMMAND,
    DELIVERED,
    DROPPED,
    REFUSED,
    FAILED,
    REJECTED,
    UNHEARD,
    WILL,
    STORE
  }

  private static final class Tally {
    private final LongAdder count = new LongAdder();
    private Instant since = Instant.MIN;
    private int written;
    private long left;
  }

  private final InvocationLog log;
  private final InstantSource clock;
  private final String name;
  private final Tally[] tallies = new Tally[Kind.values().length];

  ChannelLog(InvocationLog log, InstantSource clock, String name) {
    this.log = log;
    this.clock = clock;
    this.name = name;
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
    log.note(Level.WARN, name, "", message, all);
  }
}
