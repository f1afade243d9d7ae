package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Device;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks a message before it is sent: what the twin would keep as a dead letter is reported at
 * once.
 */
final class DeviceMessages {

  private static final Set<String> NO_PROPERTIES =
      Stream.concat(
              Stream.of("id", "event_id", "device_id", "iotDeviceId", "deviceId", "IoTDeviceId"),
              Timestamps.NAMES.stream())
          .collect(Collectors.toUnmodifiableSet());

  /** As the dispatcher takes them. */
  private static final int MOST_IN_A_LIST = 1_000;

  private DeviceMessages() {}

  /**
   * The measurements of a message: one of an object, each element of a list.
   *
   * @throws TwinloomException if there are none, or one is no object: the twin could not store it
   */
  static List<JsonObject> read(String message) {
    try {
      return switch (Json.parse(message.getBytes(StandardCharsets.UTF_8))) {
        case JsonObject object -> List.of(object);
        case JsonArray list -> elements(list);
        case JsonValue other ->
            throw refused("The message is " + other.kind() + ", not an object or a list of them.");
      };
    } catch (JsonSyntaxException e) {
      throw refused("The message is invalid JSON: " + e.getMessage() + ".");
    }
  }

  private static List<JsonObject> elements(JsonArray list) {
    if (list.size() == 0 || list.size() > MOST_IN_A_LIST) {
      throw refused(
          "The message is a list of "
              + Count.of(list.size(), "measurement")
              + "; it has 1 to "
              + Count.of(MOST_IN_A_LIST)
              + ".");
    }
    List<JsonObject> all = new ArrayList<>();
    for (JsonValue element : list) {
      if (!(element instanceof JsonObject object)) {
        throw refused(
            "Element " + all.size() + " of the list is " + element.kind() + ", not an object.");
      }
      all.add(object);
    }
    return all;
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
