package io.twinloom.functions.telemetry;

import io.twinloom.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A device's message as its cloud's channel passes it to the dispatcher.
 *
 * @param channelDevice the device that the channel says it is from; empty where the channel does
 *     not say
 * @param acceptedAt when the broker accepted it: UTC, ISO 8601 with six fraction digits
 * @param messageId the broker's own id of the message, the same when it is delivered again
 * @param payload what the device sent
 */
public record DeviceMessage(
    String channelDevice, String acceptedAt, String messageId, byte[] payload) {

  /** The event that the dispatcher is invoked with. */
  public JsonObject toEvent() {
    JsonObject.Builder event =
        JsonObject.builder()
            .put("channel_device", channelDevice)
            .put("accepted_at", acceptedAt)
            .put("message_id", messageId);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
      event.put("payload", text);
    } catch (CharacterCodingException e) {
      event.put("payload_base64", Base64.getEncoder().encodeToString(payload));
    }
    return event.build();
  }

  /**
   * Reads what {@link #toEvent} made.
   *
   * @throws IllegalArgumentException if it was not made by it
   */
  public static DeviceMessage of(JsonObject event) {
    byte[] payload =
        event
            .text("payload")
            .map(t -> t.getBytes(StandardCharsets.UTF_8))
            .or(() -> event.text("payload_base64").map(Base64.getDecoder()::decode))
            .orElseThrow(() -> new IllegalArgumentException("a device message without payload"));
    return new DeviceMessage(
        event.text("channel_device").orElse(""),
        event.text("accepted_at").orElse(""),
        event.text("message_id").orElse(""),
        payload);
  }
}
