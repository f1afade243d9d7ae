package io.twinloom.model.reading;

import io.twinloom.json.JsonString;
import io.twinloom.json.Located;
import io.twinloom.model.Device;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.KnownDevices;
import io.twinloom.model.ProblemCollector;
import io.twinloom.model.error.ModelError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

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
          String normal = DeviceIds.normal(id);
          check(normal, idAt, places, problems);
          byId.putIfAbsent(
              normal, new Device(normal, properties.measured(), properties.constant()));
          places.putIfAbsent(normal, idAt);
        }
      }
    }
    return new KnownDevices(byId, places, true);
  }

  /**
   * @param id in normal form
   */
  private static void check(
      String id, Located at, Map<String, Located> others, ProblemCollector problems) {
    Located first = others.get(id);
    Optional<DeviceIds.Fault> fault = DeviceIds.fault(id);
    if (first != null) {
      String written = at.value() instanceof JsonString text ? text.value() : id;
      boolean same = first.value().equals(at.value());
      problems.error(
          ModelError.DEVICE_TWICE,
          at,
          "The device id "
              + Quoting.quoted(written)
              + " is given at line "
              + first.line()
              + (same
                  ? " already."
                  : " already: there it is "
                      + Quoting.shown(first.value())
                      + ", the same in normal form."),
          "Give each device an id of its own.");
    } else if (fault.isPresent()) {
      problems.error(
          ModelError.DEVICE_ID,
          at,
          Quoting.quoted(id) + " cannot be the id of a device: " + fault.get().what() + ".",
          fault.get().fix());
    } else if (id.equals("_verify")) {
      problems.error(
          ModelError.NAME_COLLISION,
          at,
          "The device id \"_verify\" is that of the measurements that 'twinloom verify' sends.",
          "Give the device another id.");
    } else if (CodeFolders.isReserved(id)) {
      problems.error(
          ModelError.NAME_COLLISION,
          at,
          "The folder processors/" + id + " is for code of several devices, not of one of that id.",
          "Give the device another id.");
    }
  }
}
