package io.twinloom.functions.event;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DeviceIds;

/**
 * A command to a device, as it crosses from function to function and from cloud to cloud.
 *
 * @param payload what the device is sent, as JSON
 */
record Command(String twin, String device, JsonValue payload) {

  private static final String TWIN = "digitalTwinName";
  private static final String DEVICE = "iotDeviceId";
  private static final String PAYLOAD = "payload";

  JsonObject toJson() {
    return JsonObject.builder().put(TWIN, twin).put(DEVICE, device).put(PAYLOAD, payload).build();
  }

  /**
   * Reads a command to a device of this twin.
   *
   * @throws Refused if it is none
   */
  static Command of(JsonObject json, TwinInfo twin) {
    String name = text(json, TWIN);
    if (!name.equals(twin.twin())) {
      throw bad(Quoted.name(name) + " is not this twin.", "Send it to that twin's own functions.");
    }
    String device = DeviceIds.normal(text(json, DEVICE));
    if (!twin.hasDevice(device)) {
      throw bad(
          "The twin has no device " + Quoted.name(device) + ".",
          "Add it to config_iot_devices.json, or correct the device's id.");
    }
    JsonValue payload = json.get(PAYLOAD);
    if (payload == null) {
      throw bad("The command has no " + PAYLOAD + ".", "Send what the device shall get.");
    }
    return new Command(name, device, payload);
  }

  private static String text(JsonObject json, String member) {
    return json.text(member)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> bad("The command has no " + member + ".", "Send it as a text."));
  }

  private static Refused bad(String what, String fix) {
    return Refused.of(FunctionsError.COMMAND, what, fix);
  }

  /** The command with another content. */
  Command with(JsonValue content) {
    return new Command(twin, device, content);
  }

  /**
   * Sends it to its device.
   *
   * @throws Refused if it is too large, or its device accepts none now
   * @throws InvocationException if the channel takes nothing now
   */
  void sendOver(DeviceChannel devices) {
    try {
      devices.send(device, bytes());
    } catch (InvocationException e) {
      if (e.reason() != Reason.LIMIT_EXCEEDED) {
        throw e;
      }
      // Only this device does not take it: a failure would open the circuit for all the others.
      throw Refused.of(FunctionsError.COMMAND_NOT_TAKEN, e.what(), e.fix());
    }
  }

  /**
   * What the device is sent.
   *
   * @throws Refused if it is larger than every cloud delivers
   */
  byte[] bytes() {
    byte[] bytes = Json.bytes(payload);
    if (bytes.length > DeviceChannel.MAX_COMMAND_BYTES) {
      throw Refused.tooLarge(
          "The command has "
              + bytes.length
              + " bytes; at most "
              + DeviceChannel.MAX_COMMAND_BYTES
              + " are accepted.",
          "Send less in one command.");
    }
    return bytes;
  }
}
