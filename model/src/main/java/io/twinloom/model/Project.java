package io.twinloom.model;

import io.twinloom.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A project that was read and found valid.
 *
 * @param fleet its devices, and those that a deployed version had beside them
 * @param automation what happens beside storing: rules, and which features are on
 * @param userCode every folder of user code, in the order processors, default processor, actions,
 *     feedback
 * @param simulatorPayloads the events of {@code iot_device_simulator/payloads.json}
 * @param cloudSettings what only a deployment to the clouds needs
 */
public record Project(
    TwinConfig config,
    Placement placement,
    Fleet fleet,
    Automation automation,
    Hierarchy hierarchy,
    List<UserCode> userCode,
    List<JsonObject> simulatorPayloads,
    CloudSettings cloudSettings) {
  public Project {
    userCode = List.copyOf(userCode);
    simulatorPayloads = List.copyOf(simulatorPayloads);
  }

  /**
   * The devices of a twin.
   *
   * @param retired devices that a deployed version of the project had and that this one has no
   *     more: what they sent stays readable, and nothing more is taken from them
   * @param retiredAt since when that is so, by their ids, where it is known: what was accepted
   *     before may still be on its way
   */
  public record Fleet(
      List<Device> devices, List<Device> retired, SortedMap<String, Instant> retiredAt) {
    public Fleet {
      devices = List.copyOf(devices);
      retired = List.copyOf(retired);
      retiredAt = Collections.unmodifiableSortedMap(new TreeMap<>(retiredAt));
    }

    /** Devices of which it is not known since when they are retired. */
    public Fleet(List<Device> devices, List<Device> retired) {
      this(devices, retired, new TreeMap<>());
    }

    /** Devices as a project's files alone say them, none of them retired. */
    public static Fleet of(List<Device> devices) {
      return new Fleet(devices, List.of());
    }
  }

  /** The devices that may send. */
  public List<Device> devices() {
    return fleet.devices();
  }

  /** The devices of which only is read what they sent. */
  public List<Device> retired() {
    return fleet.retired();
  }

  /** The same with these retired devices, and since when they are. */
  public Project withRetired(List<Device> others, SortedMap<String, Instant> since) {
    return with(config, new Fleet(devices(), others, since));
  }

  /** The same with another configuration and other devices. */
  public Project with(TwinConfig otherConfig, Fleet otherFleet) {
    return new Project(
        otherConfig,
        placement,
        otherFleet,
        automation,
        hierarchy,
        userCode,
        simulatorPayloads,
        cloudSettings);
  }

  /** The same with its layers on other clouds, and with other stores on further ones. */
  public Project withLegs(Placement other, Legs legs) {
    return withPlacement(other.withLegs(legs));
  }

  /** The stores on other clouds than those that carry the layers. */
  public Legs legs() {
    return placement.legs();
  }

  /** The same with its layers elsewhere. */
  public Project withPlacement(Placement other) {
    return new Project(
        config, other, fleet, automation, hierarchy, userCode, simulatorPayloads, cloudSettings);
  }

  /** The same with other user code. */
  public Project withUserCode(List<UserCode> other) {
    return new Project(
        config, placement, fleet, automation, hierarchy, other, simulatorPayloads, cloudSettings);
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
    return devices().stream().anyMatch(device -> device.id().equals(id));
  }

  /** Whether items of this device can be read: it is one of the project's, or retired. */
  public boolean reads(String device) {
    return hasDevice(device) || retired().stream().anyMatch(other -> other.id().equals(device));
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
