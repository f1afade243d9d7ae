package io.twinloom.model;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.Optional;

/**
 * What an event carries that was a dead letter: the letter's id, so that a new failure of it is a
 * letter that says of which one it is the replay. It is a label alone: nothing is looked up by it.
 */
public final class ReplayMark {

  /** The member of the event, and of a dead letter as it is listed. */
  public static final String MEMBER = "replay_of";

  private ReplayMark() {}

  /** The event as it is handed in again. */
  public static JsonObject on(JsonObject event, String letter) {
    return event.toBuilder().put(MEMBER, letter).build();
  }

  /** The letter that an event was, where it is a replay. */
  public static Optional<String> of(JsonValue event) {
    return event instanceof JsonObject object ? object.text(MEMBER) : Optional.empty();
  }

  /** The event as it was before. */
  public static JsonValue without(JsonValue event) {
    return event instanceof JsonObject object && object.has(MEMBER)
        ? object.toBuilder().remove(MEMBER).build()
        : event;
  }
}
