package io.twinloom.cli.command;

import io.twinloom.model.Device;
import io.twinloom.model.Project;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.text.Nearest;
import io.twinloom.model.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a project says of its devices, for commands that name one. */
record ProjectDevices(Project project) {

  private static final int LISTED = 10;

  /** The device of this id, if there is one. */
  Optional<Device> find(String id) {
    return project.devices().stream().filter(d -> d.id().equals(id)).findFirst();
  }

  /**
   * The device of this id.
   *
   * @throws TwinloomException with what was most likely meant
   */
  Device get(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private TwinloomException unknown(String id) {
    List<String> ids = project.devices().stream().map(Device::id).toList();
    String fix =
        Nearest.to(id, ids)
            .map(near -> "Did you mean " + Printable.quoted(near) + "?")
            .orElseGet(() -> "Name one of its devices: " + listed(ids) + ".");
    return new TwinloomException(
        ModelError.DEVICE_UNKNOWN,
        "There is no device " + Printable.quoted(id) + ".",
        "config_iot_devices.json",
        fix);
  }

  private static String listed(List<String> ids) {
    return ids.stream().limit(LISTED).map(Printable::quoted).collect(Collectors.joining(", "))
        + (ids.size() > LISTED ? ", …" : "");
  }

  /** What to say of a property that a device is not configured with; empty where it is. */
  static Optional<String> unconfigured(Device device, String property) {
    List<String> names = device.properties().stream().map(Device.Property::name).toList();
    if (names.contains(property)) {
      return Optional.empty();
    }
    return Optional.of(
        Printable.quoted(property)
            + " is no configured property of "
            + Printable.line(device.id())
            + Nearest.to(property, names)
                .map(near -> "; did you mean " + Printable.quoted(near) + "?")
                .orElseGet(() -> "; it has " + listed(names) + "."));
  }
}
