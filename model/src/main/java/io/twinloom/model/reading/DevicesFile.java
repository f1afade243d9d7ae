package io.twinloom.model.reading;

import io.twinloom.json.Located;
import io.twinloom.model.Device;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.Names;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code config_iot_devices.json}. */
public final class DevicesFile {
  public static final String PATH = "config_iot_devices.json";

  private static final String EXAMPLE =
      "{\"id\": \"sensor-1\", \"properties\": [{\"name\": \"temperature\", \"dataType\":"
          + " \"DOUBLE\"}]}";

  private DevicesFile() {}

  static KnownDevices read(Located root, ProblemCollector problems) {
    if (!root.isArray()) {
      problems.error(
          ModelError.VALUE_TYPE,
          root,
          Members.notA("a list of devices", root),
          "Write a list such as [" + EXAMPLE + "].");
      return KnownDevices.NOTHING;
    }
    if (root.elements().isEmpty()) {
      problems.warning(
          ModelError.DEVICES_NONE,
          root,
          "The list of devices is empty: nothing can be measured.",
          "Add a device such as " + EXAMPLE + ".");
    }
    Map<String, Device> byId = new LinkedHashMap<>();
    Map<String, Located> places = new LinkedHashMap<>();
    for (Located at : root.elements()) {
      Members members = Members.of(at, problems, "Write an object such as " + EXAMPLE + ".");
      if (members != null) {
        String id = members.text("id", "Write the device's id, such as \"sensor-1\".");
        Located idAt = members.optional("id");
        PropertyLists properties = PropertyLists.of(members, true, problems);
        members.done();
        if (id != null && idAt != null) {
          check(id, idAt, places, problems);
          byId.putIfAbsent(id, new Device(id, properties.measured(), properties.constant()));
          places.putIfAbsent(id, idAt);
        }
      }
    }
    return new KnownDevices(byId, places, true);
  }

  private static void check(
      String id, Located at, Map<String, Located> others, ProblemCollector problems) {
    Located first = others.get(id);
    if (first != null) {
      problems.error(
          ModelError.DEVICE_TWICE,
          at,
          "The device id " + Quoting.quoted(id) + " is given at line " + first.line() + " already.",
          "Give each device an id of its own.");
    } else if (!Names.isDeviceId(id)) {
      problems.error(
          ModelError.DEVICE_ID,
          at,
          Quoting.quoted(id) + " cannot be the id of a device.",
          "Write 1 to 64 letters, digits, \"-\", \"_\" or \".\", at least one of them a letter or"
              + " digit.");
    } else if (id.equals("_verify")) {
      problems.error(
          ModelError.NAME_COLLISION,
          at,
          "The device id \"_verify\" is that of the measurements that 'twinloom verify' sends.",
          "Give the device another id.");
    }
  }
}
