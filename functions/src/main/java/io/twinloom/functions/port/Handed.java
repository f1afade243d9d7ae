package io.twinloom.functions.port;

import io.twinloom.json.JsonObject;

/**
 * An event that a function passes on to another one of its cloud.
 *
 * @param function the function that is invoked with it
 * @param replayable whether it is a dead letter of that function where that can never take it; else
 *     what it was made from fails
 */
public record Handed(String function, JsonObject event, boolean replayable) {

  /** An event without which its cause is not done. */
  public static Handed to(String function, JsonObject event) {
    return new Handed(function, event, false);
  }

  /** An event that stands for itself. */
  public static Handed alone(String function, JsonObject event) {
    return new Handed(function, event, true);
  }

  /** The same with another event. */
  public Handed with(JsonObject other) {
    return new Handed(function, other, replayable);
  }
}
