package io.twinloom.deployer.recording;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One message of a recording. As a line: {@code {"time", "device", "message"}}, or with {@code
 * "bytes"} in Base64 where what was published is not JSON.
 *
 * @param time when it was received
 * @param payload the bytes that were published
 */
@SuppressWarnings("ArrayRecordComponent") // Nothing compares messages.
public record RecordedMessage(Instant time, String device, byte[] payload) {

  private static final String TIME = "time";
  private static final String DEVICE = "device";
  private static final String MESSAGE = "message";
  private static final String BYTES = "bytes";

  /** The message as a line, without its end. */
  public String line() {
    JsonObject.Builder json =
        JsonObject.builder().put(TIME, Timestamps.of(time)).put(DEVICE, device);
    JsonValue message = message();
    if (message == null) {
      json.put(BYTES, Base64.getEncoder().encodeToString(payload));
    } else {
      json.put(MESSAGE, message);
    }
    return Json.text(json.build());
  }

  /** What was published, where it is JSON. */
  private @Nullable JsonValue message() {
    try {
      return Json.parse(payload);
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  /**
   * Reads a line.
   *
   * @param where the file and the line's number, for messages
   * @throws TwinloomException if it is not such a line
   */
  public static RecordedMessage parse(String line, String where) {
    try {
      if (Json.parse(line) instanceof JsonObject json) {
        String time = json.text(TIME).map(Timestamps::read).orElse(null);
        String device = json.text(DEVICE).orElse("");
        byte[] payload = payload(json);
        if (time != null && !device.isEmpty() && payload != null) {
          return new RecordedMessage(Instant.parse(time), device, payload);
        }
      }
      throw invalid(where, null);
    } catch (JsonSyntaxException | IllegalArgumentException e) {
      throw invalid(where, e);
    }
  }

  private static byte @Nullable [] payload(JsonObject json) {
    JsonValue message = json.get(MESSAGE);
    if (message != null) {
      return Json.bytes(message);
    }
    return json.text(BYTES).map(Base64.getDecoder()::decode).orElse(null);
  }

  private static TwinloomException invalid(String where, @Nullable Throwable cause) {
    return new TwinloomException(
        DeployerError.RECORDING_LINE,
        "This is not a message of a recording.",
        where,
        DeployerError.RECORDING_LINE.fix(),
        cause);
  }
}
