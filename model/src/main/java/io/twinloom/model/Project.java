package io.twinloom.model;

import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A project that was read and found valid.
 *
 * @param userCode every folder of user code, in the order processors, default processor, actions,
 *     feedback
 * @param connections what {@code config_inter_cloud.json} of the project folder says
 * @param simulatorPayloads the events of {@code iot_device_simulator/payloads.json}
 * @param cloudSettings what only a deployment to the clouds needs
 */
public record Project(
    TwinConfig config,
    Placement placement,
    List<Device> devices,
    List<EventRule> rules,
    Features features,
    Hierarchy hierarchy,
    List<UserCode> userCode,
    Connections connections,
    List<JsonObject> simulatorPayloads,
    CloudSettings cloudSettings) {
  public Project {
    devices = List.copyOf(devices);
    rules = List.copyOf(rules);
    userCode = List.copyOf(userCode);
    simulatorPayloads = List.copyOf(simulatorPayloads);
  }

  /** A project without anything that only the clouds need. */
  public Project(
      TwinConfig config,
      Placement placement,
      List<Device> devices,
      List<EventRule> rules,
      Features features,
      Hierarchy hierarchy,
      List<UserCode> userCode,
      Connections connections,
      List<JsonObject> simulatorPayloads) {
    this(
        config,
        placement,
        devices,
        rules,
        features,
        hierarchy,
        userCode,
        connections,
        simulatorPayloads,
        CloudSettings.NONE);
  }

  /** Whether there is a device of this id. */
  public boolean hasDevice(String id) {
    return devices.stream().anyMatch(device -> device.id().equals(id));
  }

  /** The processor of a device's own, if it has one. */
  public Optional<UserCode> processorOf(String device) {
    return userCode.stream()
        .filter(c -> c.role() == UserCode.Role.PROCESSOR && c.name().equals(device))
        .findFirst();
  }

  /** The default processor's code, if there is any. */
  public Optional<UserCode> defaultProcessor() {
    return userCode.stream().filter(c -> c.role() == UserCode.Role.DEFAULT_PROCESSOR).findFirst();
  }
}
