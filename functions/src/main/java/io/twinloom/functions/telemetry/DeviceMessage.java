package io.twinloom.functions.telemetry;

import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalInt;

/**
 * A device's message as its cloud's channel passes it to the dispatcher, or one measurement of a
 * message that is a list of them.
 *
 * @param channelDevice the device that the channel says it is from; empty where the channel does
 *     not say
 * @param acceptedAt when the broker accepted it: UTC, ISO 8601 with six fraction digits
 * @param messageId the broker's own id of the message, the same when it is delivered again
 * @param place of the measurement in its list, from 0; empty where the message is no list
 * @param payload what the device sent
 */
public record DeviceMessage(
    String channelDevice, String acceptedAt, String messageId, OptionalInt place, byte[] payload) {

  private static final String PLACE = "place";

  /** A message as it came. */
  public DeviceMessage(String channelDevice, String acceptedAt, String messageId, byte[] payload) {
    this(channelDevice, acceptedAt, messageId, OptionalInt.empty(), payload);
  }

  /** One measurement of it, where it is a list. */
  public DeviceMessage measurement(int number, byte[] json) {
    return new DeviceMessage(channelDevice, acceptedAt, messageId, OptionalInt.of(number), json);
  }

  /** The broker's id of the message, and where it stands in it: what two of the same tell apart. */
  public String brokerId() {
    return place.isPresent() ? messageId + "\n" + place.getAsInt() : messageId;
  }

  /** The event that the dispatcher is invoked with. */
  public JsonObject toEvent() {
    JsonObject.Builder event =
        JsonObject.builder()
            .put("channel_device", channelDevice)
            .put("accepted_at", acceptedAt)
            .put("message_id", messageId);
    place.ifPresent(number -> event.put(PLACE, number));
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
        event.get(PLACE) instanceof JsonNumber number
            ? OptionalInt.of(number.asDecimal().intValueExact())
            : OptionalInt.empty(),
        payload);
  }
}
