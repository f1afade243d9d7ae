package io.twinloom.model;

import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A project that was read and found valid.
 *
 * @param automation what happens beside storing: rules, and which features are on
 * @param userCode every folder of user code, in the order processors, default processor, actions,
 *     feedback
 * @param simulatorPayloads the events of {@code iot_device_simulator/payloads.json}
 * @param cloudSettings what only a deployment to the clouds needs
 */
public record Project(
    TwinConfig config,
    Placement placement,
    List<Device> devices,
    Automation automation,
    Hierarchy hierarchy,
    List<UserCode> userCode,
    List<JsonObject> simulatorPayloads,
    CloudSettings cloudSettings) {
  public Project {
    devices = List.copyOf(devices);
    userCode = List.copyOf(userCode);
    simulatorPayloads = List.copyOf(simulatorPayloads);
  }

  /**
   * What the twin does beside storing.
   *
   * @param rules {@code config_events.json}
   * @param features {@code config_optimization.json}
   */
  public record Automation(List<EventRule> rules, Features features) {
    public Automation {
      rules = List.copyOf(rules);
    }
  }

  /** The rules, in the order of {@code config_events.json}. */
  public List<EventRule> rules() {
    return automation.rules();
  }

  /** The features that are on. */
  public Features features() {
    return automation.features();
  }

  /** What {@code config_inter_cloud.json} of the project folder says. */
  public Connections connections() {
    return cloudSettings.connections();
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
