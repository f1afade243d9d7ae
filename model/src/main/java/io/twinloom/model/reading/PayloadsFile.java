package io.twinloom.model.reading;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;

/** {@code iot_device_simulator/payloads.json}. */
final class PayloadsFile {
  static final String PATH = "iot_device_simulator/payloads.json";

  private static final List<String> SPELLINGS =
      List.of("device_id", "iotDeviceId", "deviceId", "IoTDeviceId");

  private PayloadsFile() {}

  static List<JsonObject> read(Located root, KnownDevices devices, ProblemCollector problems) {
    String fix = "Write a list such as [{\"iotDeviceId\": \"sensor-1\", \"temperature\": 21.5}].";
    if (!root.isArray()) {
      problems.error(ModelError.VALUE_TYPE, root, Members.notA("a list of events", root), fix);
      return List.of();
    }
    List<JsonObject> events = new ArrayList<>();
    for (Located at : root.elements()) {
      if (at.value() instanceof JsonObject event) {
        events.add(event);
        device(at, devices, problems);
        time(at, problems);
      } else {
        problems.error(ModelError.VALUE_TYPE, at, Members.notA("an event", at), fix);
      }
    }
    return events;
  }

  /** The simulator gives each event a fresh time; from a device this one would be refused. */
  private static void time(Located event, ProblemCollector problems) {
    for (String name : Timestamps.NAMES) {
      Located at = event.member(name);
      if (at != null && !Timestamps.isAbsent(at.value())) {
        if (Timestamps.read(at.value()) == null) {
          problems.warning(
              ModelError.TIME_UNREADABLE,
              at,
              "\""
                  + name
                  + "\" cannot be read as a time: from a device, the event would be refused.",
              ModelError.TIME_UNREADABLE.fix() + " Or leave it out: simulate gives a fresh one.");
        }
        return;
      }
    }
  }

  private static void device(Located event, KnownDevices devices, ProblemCollector problems) {
    String fix = "Write the id of a device of " + DevicesFile.PATH + ".";
    for (String spelling : SPELLINGS) {
      Located at = event.member(spelling);
      if (at != null) {
        if (!(at.value() instanceof JsonString id)) {
          problems.error(ModelError.VALUE_TYPE, at, Members.notA("a text", at), fix);
        } else if (devices.lacks(id.value())) {
          problems.error(
              ModelError.DEVICE_UNKNOWN,
              at,
              "\"" + spelling + "\" is " + Quoting.quoted(id.value()) + ", which is not a device.",
              fix + Quoting.hint(id.value(), devices.ids()));
        }
        return;
      }
    }
    problems.missing(event, "iotDeviceId", fix);
  }
}
