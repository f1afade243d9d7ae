package io.twinloom.aws;

import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.Base64;

/**
 * A device's message as the twin's rule in IoT Core hands it over: what the device sent stays as it
 * is, in base64, since the rules engine would read its numbers and write them anew.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-functions.html#iot-sql-encode-payload">encode(*,
 *     'base64')</a>
 */
final class IotRuleMessage {
  private static final String PAYLOAD = "payload_base64";
  private static final String ACCEPTED = "accepted_ms";

  private IotRuleMessage() {}

  /** Whether an event is such a message. */
  static boolean isMessage(JsonObject event) {
    return event.get(ACCEPTED) instanceof JsonNumber && event.text(PAYLOAD).isPresent();
  }

  /**
   * The event that the dispatcher knows, of any cloud.
   *
   * @throws FunctionFailed if the rule is not the twin's own
   */
  static JsonObject toEvent(JsonObject event) {
    try {
      long accepted = Long.parseLong(String.valueOf(event.get(ACCEPTED)));
      return new DeviceMessage(
              event.text("channel_device").orElse(""),
              Timestamps.of(Instant.ofEpochMilli(accepted)),
              event.text("message_id").orElse(""),
              Base64.getDecoder().decode(event.text(PAYLOAD).orElse("")))
          .toEvent();
    } catch (IllegalArgumentException e) {
      throw new FunctionFailed(
          "The message is not as the twin's rule in IoT Core hands it over: deploy again.");
    }
  }
}
