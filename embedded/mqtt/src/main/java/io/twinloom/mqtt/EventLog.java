package io.twinloom.mqtt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what happens on a server, and notes what is worth it: of each client and reason the first
 * in a minute, and at the minute's end how many more there were, whether anything follows or not.
 * So no client can fill the log, and none is silenced by another. Confined to the event loop but
 * for {@link #count}.
 */
final class EventLog {

  /** Repetitions within this time are logged together. */
  static final Duration WINDOW = Duration.ofMinutes(1);

  /** So many clients and reasons are distinguished within it: the names come from outside. */
  static final int MAX_APART = 100;

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
    NOT_RETAINED,
    STORE;

    /** Its name where counts are shown. */
    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private record Repeated(Kind kind, String who, String message) {}

  private static final class Tally {
    private final Instant since;
    private final Map<String, String> fields;
    private long more;

    private Tally(Instant since, Map<String, String> fields) {
      this.since = since;
      this.fields = fields;
    }
  }

  private final MqttLog log;
  private final InstantSource clock;
  private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);
  private final Map<Repeated, Tally> noted = new LinkedHashMap<>();
  private final Map<Kind, Tally> others = new EnumMap<>(Kind.class);

  EventLog(MqttLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
    for (Kind kind : Kind.values()) {
      counts.put(kind, new LongAdder());
    }
  }

  void add(Kind kind) {
    counter(kind).increment();
  }

  long count(Kind kind) {
    return counter(kind).sum();
  }

  private LongAdder counter(Kind kind) {
    LongAdder counter = counts.get(kind);
    if (counter == null) {
      throw new IllegalStateException("not counted: " + kind);
    }
    return counter;
  }

  /** Counts it and notes it as a warning, or only counts it where it was noted lately. */
  void warn(Kind kind, String message, Map<String, String> fields) {
    warn(kind, message, fields, null);
  }

  /** The same with what a port of the server failed with. */
  void warn(Kind kind, String message, Map<String, String> fields, @Nullable Throwable cause) {
    add(kind);
    Instant now = clock.instant();
    Repeated same = new Repeated(kind, who(fields), message);
    Tally last = noted.get(same);
    if (last != null && isOpen(last, now)) {
      last.more++;
      return;
    }
    if (last != null) {
      noted.remove(same);
      tell(same.message(), last);
    }
    if (noted.size() >= MAX_APART) {
      others.computeIfAbsent(kind, k -> new Tally(now, Map.of())).more++;
      return;
    }
    noted.put(same, new Tally(now, fields));
    log.warn(message, fields, cause);
  }

  /** Whom it is about: a client, else where it connects from, else a topic. */
  private static String who(Map<String, String> fields) {
    String client = fields.getOrDefault("client", "");
    if (!client.isEmpty()) {
      return client;
    }
    String address = fields.getOrDefault("address", "");
    int port = address.lastIndexOf(':');
    return port > 0 ? address.substring(0, port) : fields.getOrDefault("topic", "");
  }

  private static boolean isOpen(Tally tally, Instant now) {
    return now.isBefore(tally.since.plus(WINDOW));
  }

  /** Tells of repetitions whose minute is over. To be called every few seconds. */
  void tellOfRepetitions() {
    tell(clock.instant());
  }

  /** Tells of all repetitions, since no more come. */
  void end() {
    tell(Instant.MAX);
  }

  private void tell(Instant now) {
    for (Iterator<Map.Entry<Repeated, Tally>> all = noted.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Repeated, Tally> one = all.next();
      if (!isOpen(one.getValue(), now)) {
        all.remove();
        tell(one.getKey().message(), one.getValue());
      }
    }
    for (Iterator<Map.Entry<Kind, Tally>> all = others.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Kind, Tally> one = all.next();
      if (!isOpen(one.getValue(), now)) {
        String kind = one.getKey().id();
        Tally tally = one.getValue();
        all.remove();
        tell("Events of further clients (" + kind + ")", tally);
      }
    }
  }

  private void tell(String message, Tally tally) {
    if (tally.more > 0) {
      Map<String, String> fields = new HashMap<>(tally.fields);
      fields.put("more", Long.toString(tally.more));
      log.warn(message + ": " + tally.more + " more within a minute", fields, null);
    }
  }
}
