package io.twinloom.local.invoke;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.local.invoke.EventTable.Row;
import org.jspecify.annotations.Nullable;

/**
 * An event in memory that waits for its function or is given to it: one of a row, or one that
 * another has caused. It is read when it is first needed, on the thread that needs it.
 */
final class QueuedEvent {

  private final EventCause cause;
  private final String function;
  private final int attempts;
  private final int size;
  private final byte @Nullable [] bytes;
  private @Nullable JsonObject tree;

  private QueuedEvent(
      EventCause cause,
      String function,
      int attempts,
      int size,
      byte @Nullable [] bytes,
      @Nullable JsonObject tree) {
    this.cause = cause;
    this.function = function;
    this.attempts = attempts;
    this.size = size;
    this.bytes = bytes;
    this.tree = tree;
  }

  /** One of a row's events. */
  static QueuedEvent of(EventCause cause, Row row, byte[] bytes, @Nullable JsonObject tree) {
    return new QueuedEvent(cause, row.function(), row.attempts(), bytes.length, bytes, tree);
  }

  /**
   * One that an event has caused.
   *
   * @param size about as many bytes it has: as its cause, since to count them takes as long as to
   *     pass it on
   */
  static QueuedEvent caused(EventCause cause, String function, JsonObject tree, int size) {
    return new QueuedEvent(cause, function, 0, size, null, tree);
  }

  EventCause cause() {
    return cause;
  }

  String function() {
    return function;
  }

  int attempts() {
    return attempts;
  }

  int size() {
    return size;
  }

  /** Whether it is one of a row's events, and not caused by one. */
  boolean isOfRow() {
    return bytes != null;
  }

  /**
   * The event.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  synchronized JsonObject json() {
    JsonObject read = tree;
    if (read == null) {
      read = Json.parseObject(bytes());
      tree = read;
    }
    return read;
  }

  /** The event as it is kept on disk. */
  byte[] bytes() {
    byte[] kept = bytes;
    return kept == null ? Json.bytes(json()) : kept;
  }
}
