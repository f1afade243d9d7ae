package io.twinloom.functions.telemetry;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.error.Refused;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.time.Timestamps;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives a message its normal form: {@code device_id} and {@code timestamp} first, under these names
 * and in stored form; everything else as it came. Doing it again changes nothing.
 */
public final class Normalizer {

  /** The name of a device's id in the normal form. */
  public static final String DEVICE_ID = "device_id";

  /** The name of a measurement's time in the normal form. */
  public static final String TIMESTAMP = "timestamp";

  private static final List<String> DEVICE_NAMES =
      List.of(DEVICE_ID, "iotDeviceId", "deviceId", "IoTDeviceId");

  private final Predicate<String> isKnownDevice;

  /**
   * @param isKnownDevice whether {@code config_iot_devices.json} has a device of this id
   */
  public Normalizer(Predicate<String> isKnownDevice) {
    this.isKnownDevice = isKnownDevice;
  }

  /**
   * A message in normal form.
   *
   * @param hadTime whether it carried its own time
   */
  public record Normalized(JsonObject message, String device, String timestamp, boolean hadTime) {}

  /**
   * Normalises a message.
   *
   * @param channelDevice the device that its channel says it is from; empty where that is not known
   * @param acceptedAt the time in stored form that it gets where it carries none; empty where it
   *     must carry one
   * @throws Refused if it has no known device, another than its channel's, or no time that can be
   *     read
   */
  public Normalized normalize(
      JsonObject message, String channelDevice, Optional<String> acceptedAt) {
    String device = device(message, channelDevice);
    Optional<String> named =
        Timestamps.NAMES.stream()
            .filter(name -> !Timestamps.isAbsent(message.get(name)))
            .findFirst();
    String timestamp =
        named.isPresent()
            ? time(named.get(), Objects.requireNonNull(message.get(named.get())))
            : timeOfAcceptance(acceptedAt);
    JsonObject normal = rewritten(message, device, timestamp);
    return new Normalized(normal, device, timestamp, named.isPresent());
  }

  /** The device that a message names, known or not; empty where it names none by a text. */
  public static Optional<String> namedDevice(JsonObject message) {
    return firstPresent(message, DEVICE_NAMES) instanceof JsonString text
        ? Optional.of(DeviceIds.normal(text.value()))
        : Optional.empty();
  }

  private String device(JsonObject message, String channel) {
    String channelDevice = DeviceIds.normal(channel);
    JsonValue given = firstPresent(message, DEVICE_NAMES);
    if (given == null && channelDevice.isEmpty()) {
      throw device("The message has no device_id.", "Send device_id with each message.");
    }
    if (given != null && !(given instanceof JsonString)) {
      throw device("The message's device_id is " + given.kind() + ".", "Send it as text.");
    }
    String named =
        given instanceof JsonString text ? DeviceIds.normal(text.value()) : channelDevice;
    if (!channelDevice.isEmpty() && !named.equals(channelDevice)) {
      throw device(
          "The message says that it is of "
              + Quoted.name(named)
              + ", its channel says "
              + Quoted.name(channelDevice)
              + ".",
          "Let each device send its own id, or none.");
    }
    if (!isKnownDevice.test(named)) {
      throw unknown(named);
    }
    return named;
  }

  /** That the twin takes nothing of a device. */
  public static Refused unknown(String device) {
    return device(
        "There is no device " + Quoted.name(device) + ".",
        "Add it to config_iot_devices.json, or correct the device's id.");
  }

  private static Refused device(String what, String fix) {
    return Refused.of(FunctionsError.MESSAGE_DEVICE, what, fix);
  }

  private static String timeOfAcceptance(Optional<String> acceptedAt) {
    return acceptedAt.orElseThrow(
        () ->
            Refused.of(
                FunctionsError.MESSAGE_TIME,
                "The message has no timestamp.",
                "Send timestamp with it."));
  }

  private static String time(String name, JsonValue given) {
    String timestamp = Timestamps.read(given);
    if (timestamp == null) {
      throw Refused.of(
          FunctionsError.MESSAGE_TIME,
          "The message's time cannot be read: \""
              + name
              + "\" is "
              + UnreadableTime.shown(given)
              + ".",
          "Send \"timestamp\" as ISO 8601, or seconds or milliseconds since 1970.");
    }
    return timestamp;
  }

  private static @Nullable JsonValue firstPresent(JsonObject message, List<String> names) {
    for (String name : names) {
      JsonValue value = message.get(name);
      if (!Timestamps.isAbsent(value)) {
        return value;
      }
    }
    return null;
  }

  private static JsonObject rewritten(JsonObject message, String device, String timestamp) {
    if (isNormal(message, device, timestamp)) {
      return message;
    }
    JsonObject.Builder normal =
        JsonObject.builder().put(DEVICE_ID, device).put(TIMESTAMP, timestamp);
    for (Map.Entry<String, JsonValue> member : message.members().entrySet()) {
      if (!isDropped(member.getKey(), member.getValue(), device)) {
        normal.put(member.getKey(), member.getValue());
      }
    }
    return normal.build();
  }

  private static boolean isNormal(JsonObject message, String device, String timestamp) {
    if (!isText(message.get(DEVICE_ID), device) || !isText(message.get(TIMESTAMP), timestamp)) {
      return false;
    }
    for (Map.Entry<String, JsonValue> member : message.members().entrySet()) {
      String name = member.getKey();
      if (!name.equals(DEVICE_ID)
          && !name.equals(TIMESTAMP)
          && isDropped(name, member.getValue(), device)) {
        return false;
      }
    }
    return true;
  }

  /** Its own names are written anew; another name of the id says nothing more where it agrees. */
  private static boolean isDropped(String name, JsonValue value, String device) {
    return switch (name) {
      case DEVICE_ID -> true;
      case "iotDeviceId", "deviceId", "IoTDeviceId" ->
          Timestamps.isAbsent(value) || isText(value, device);
      default -> Timestamps.NAMES.contains(name);
    };
  }

  private static boolean isText(@Nullable JsonValue value, String expected) {
    return value instanceof JsonString text && text.value().equals(expected);
  }
}
