package io.twinloom.serverless.queue;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * An event on a queue.
 *
 * @param attempts how often it has failed
 * @param putOff how often it was put off, which is no attempt
 * @param putOffSince when it was put off first since it last failed; empty where it was not
 * @param divided whether it came with others in a message that was handed out again and again
 */
public record QueuedEvent(
    JsonObject event, int attempts, int putOff, Optional<Instant> putOffSince, boolean divided) {

  private static final String EVENT = "event";
  private static final String ATTEMPTS = "attempts";
  private static final String PUT_OFF = "put_off";
  private static final String SINCE = "put_off_since_ms";

  private static final String DIVIDED = "divided";

  /** An event of whose message nothing is suspected. */
  public QueuedEvent(JsonObject event, int attempts, int putOff, Optional<Instant> putOffSince) {
    this(event, attempts, putOff, putOffSince, false);
  }

  /** An event that was not tried yet. */
  public static QueuedEvent first(JsonObject event) {
    return new QueuedEvent(event, 0, 0, Optional.empty());
  }

  /** The same in a part of the message that it was in. */
  QueuedEvent inPart() {
    return new QueuedEvent(event, attempts, putOff, putOffSince, true);
  }

  /** The same counts of an event in another form. */
  public QueuedEvent as(JsonObject other) {
    return new QueuedEvent(other, attempts, putOff, putOffSince, divided);
  }

  /** The same after it has failed. */
  QueuedEvent failed() {
    return new QueuedEvent(event, attempts + 1, 0, Optional.empty());
  }

  /** The same after it was put off. */
  QueuedEvent postponed(Instant now) {
    return new QueuedEvent(event, attempts, putOff + 1, Optional.of(putOffSince.orElse(now)));
  }

  /** The trace that it belongs to; empty where it says none. */
  String traceId() {
    return event.text("trace_id").orElse("");
  }

  JsonObject toJson() {
    JsonObject.Builder json = JsonObject.builder().put(EVENT, event);
    if (attempts > 0) {
      json.put(ATTEMPTS, attempts);
    }
    if (putOff > 0) {
      json.put(PUT_OFF, putOff);
    }
    putOffSince.ifPresent(since -> json.put(SINCE, since.toEpochMilli()));
    if (divided) {
      json.put(DIVIDED, true);
    }
    return json.build();
  }

  /**
   * Reads what {@link #toJson} writes.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static QueuedEvent of(JsonObject json) {
    JsonObject event =
        json.object(EVENT).orElseThrow(() -> new IllegalArgumentException("no event"));
    long since = number(json, SINCE);
    return new QueuedEvent(
        event,
        (int) number(json, ATTEMPTS),
        (int) number(json, PUT_OFF),
        since == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(since)),
        json.get(DIVIDED) == JsonBoolean.TRUE);
  }

  private static long number(JsonObject json, String member) {
    return json.get(member) instanceof JsonNumber number ? number.asDecimal().longValue() : 0;
  }
}
