package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Checks a message before it is sent: what the twin would keep as a dead letter is reported at
 * once.
 */
final class DeviceMessages {

  private static final Set<String> NO_PROPERTIES =
      Set.of(
          "id",
          "event_id",
          "timestamp",
          "time",
          "ts",
          "device_id",
          "iotDeviceId",
          "deviceId",
          "IoTDeviceId");

  private DeviceMessages() {}

  /**
   * The message as an object.
   *
   * @throws TwinloomException if it is none: the twin could not store it
   */
  static JsonObject read(String message) {
    try {
      JsonValue value = Json.parse(message.getBytes(StandardCharsets.UTF_8));
      if (value instanceof JsonObject object) {
        return object;
      }
      throw refused("The message is " + value.kind() + ", not an object.");
    } catch (JsonSyntaxException e) {
      throw refused("The message is invalid JSON: " + e.getMessage() + ".");
    }
  }

  private static TwinloomException refused(String what) {
    return new TwinloomException(
        CliError.SEND_MESSAGE,
        Printable.lines(what),
        "JSON",
        "Send an object, such as '{\"temperature\": 21.5}'; --unchecked sends it as it is.");
  }

  /** What the project has to say about a message that can be stored. */
  static List<String> doubts(Device device, JsonObject message) {
    return message.members().keySet().stream()
        .filter(name -> !NO_PROPERTIES.contains(name))
        .flatMap(name -> ProjectDevices.unconfigured(device, name).stream())
        .toList();
  }
}
