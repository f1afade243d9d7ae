package io.twinloom.server.metrics;

import java.util.List;
import java.util.Locale;

/** The metrics that there are. None has a text of a user's as a label but the names of devices. */
public enum Metric {
  BUILD(Type.INFO, "twinloom_build", "The version of the program.", "version"),
  FUNCTION_INVOCATIONS(
      Type.COUNTER,
      "twinloom_function_invocations",
      "Invocations of a function since the twin's start.",
      "twin",
      "function",
      "cloud",
      "layer",
      "outcome"),
  FUNCTION_SECONDS(
      Type.HISTOGRAM,
      "twinloom_function_duration_seconds",
      "How long invocations took; of user code, how long it ran.",
      "twin",
      "function",
      "cloud",
      "layer"),
  CONNECTION_REQUESTS(
      Type.COUNTER,
      "twinloom_connection_requests",
      "Requests over a connection between clouds.",
      "twin",
      "connection",
      "outcome"),
  CONNECTION_SECONDS(
      Type.HISTOGRAM,
      "twinloom_connection_duration_seconds",
      "How long requests over a connection took.",
      "twin",
      "connection"),
  CIRCUIT_OPEN(
      Type.GAUGE,
      "twinloom_connection_circuit_open",
      "1 where the circuit breaker of a connection is open, 0.5 where it is half open.",
      "twin",
      "connection"),
  MEASUREMENTS(
      Type.COUNTER,
      "twinloom_measurements",
      "Measurements since the twin's start: published, stored, dead_lettered, filtered.",
      "twin",
      "state"),
  MEASUREMENTS_MISSING(
      Type.GAUGE,
      "twinloom_measurements_missing",
      "Measurements that were acknowledged and are nowhere.",
      "twin"),
  QUEUE_EVENTS(
      Type.GAUGE, "twinloom_queue_events", "Events that are accepted and not done.", "twin"),
  QUEUE_OLDEST(
      Type.GAUGE,
      "twinloom_queue_oldest_seconds",
      "How long the oldest measurement has been on its way.",
      "twin"),
  DEAD_LETTERS(Type.GAUGE, "twinloom_dead_letters", "Dead letters that wait.", "twin"),
  TIER_ITEMS(Type.GAUGE, "twinloom_tier_items", "Items in the hot tier.", "twin", "tier", "cloud"),
  TIER_CHUNKS(
      Type.GAUGE, "twinloom_tier_chunks", "Chunks in a colder tier.", "twin", "tier", "cloud"),
  TIER_BYTES(
      Type.GAUGE,
      "twinloom_tier_bytes",
      "Bytes that a colder tier's chunks take.",
      "twin",
      "tier",
      "cloud"),
  HOT_OVERDUE(
      Type.GAUGE,
      "twinloom_hot_overdue_seconds",
      "How long the oldest hot item is beyond its time in the hot tier; 0 where it is not.",
      "twin"),
  DEVICE_MESSAGES(
      Type.COUNTER,
      "twinloom_device_messages",
      "Messages of a device that were acknowledged; none where there are over 1,000 devices.",
      "twin",
      "device"),
  DEVICE_LAST_SEEN(
      Type.GAUGE,
      "twinloom_device_last_seen_timestamp_seconds",
      "When a device last sent a message; none where there are over 1,000 devices.",
      "twin",
      "device"),
  DEVICES_REFUSED(
      Type.COUNTER,
      "twinloom_devices_refused",
      "Messages of all devices that were refused, by error code.",
      "twin",
      "code"),
  USER_CODE_RESTARTS(
      Type.COUNTER,
      "twinloom_user_code_restarts",
      "How often a process for user code ended and was replaced.",
      "twin"),
  RULES_FIRED(Type.COUNTER, "twinloom_rules_fired", "How often a rule has fired.", "twin", "rule"),
  RULES_SKIPPED(
      Type.COUNTER,
      "twinloom_rules_skipped",
      "How often a rule's condition could not be evaluated.",
      "twin",
      "rule");

  /** How a metric behaves. */
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  private final Type type;
  private final String base;
  private final String help;
  private final List<String> labels;

  Metric(Type type, String base, String help, String... labels) {
    this.type = type;
    this.base = base;
    this.help = help;
    this.labels = List.of(labels);
  }

  Type type() {
    return type;
  }

  /** Its name without the ending of its type. */
  String base() {
    return base;
  }

  /** Its name as it is scraped. */
  public String scraped() {
    return switch (type) {
      case COUNTER -> base + "_total";
      case INFO -> base + "_info";
      case GAUGE, HISTOGRAM -> base;
    };
  }

  /** What it says. */
  public String help() {
    return help;
  }

  /** The names of its labels. */
  public List<String> labels() {
    return labels;
  }

  /** Its type as Prometheus names it. */
  public String typeName() {
    return type == Type.INFO ? "gauge" : type.name().toLowerCase(Locale.ROOT);
  }
}
