package io.twinloom.deployer.recording;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.time.Instant;

/**
 * Moves the times that a message carries itself, such that it looks as old at its publication as it
 * was when it was recorded.
 */
public final class TimeShift {

  private TimeShift() {}

  /**
   * The payload with its time moved. One that is not a JSON object, or carries no time that can be
   * read, stays as it is: it is given the time at which it arrives.
   *
   * @param now when it is published
   */
  public static byte[] shifted(RecordedMessage message, Instant now) {
    try {
      if (!(Json.parse(message.payload()) instanceof JsonObject json)) {
        return message.payload();
      }
      JsonObject.Builder moved = json.toBuilder();
      for (String key : Timestamps.NAMES) {
        JsonValue value = json.get(key);
        String time = value == null || Timestamps.isAbsent(value) ? null : Timestamps.read(value);
        if (time != null) {
          Duration age = Duration.between(Instant.parse(time), message.time());
          moved.put(key, Timestamps.of(now.minus(age)));
        }
      }
      return Json.bytes(moved.build());
    } catch (JsonSyntaxException e) {
      return message.payload();
    }
  }
}
