package io.twinloom.functions.settings;

import io.twinloom.json.JsonArray;
import io.twinloom.model.DataType;
import io.twinloom.model.Layer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code DIGITAL_TWIN_INFO} says of the twin. Read it by {@link TwinInfoSource#read}, which
 * keeps one for all functions of a process whose text is the same.
 *
 * @param twin the twin's name
 * @param tiers how long items stay in the tiers
 * @param debug whether debug logs, which may hold payloads, are written
 * @param devices the twin's devices, retired ones too
 * @param rules {@code config_events} as it is written
 * @param providers the names in {@code config_providers} that are there and not blank, by their
 *     keys
 * @param previous the further clouds whose stores the twin has while it is being changed
 * @param components the components of the hierarchy
 */
public record TwinInfo(
    String twin,
    Tiers tiers,
    boolean debug,
    Devices devices,
    JsonArray rules,
    Map<String, String> providers,
    PreviousClouds previous,
    Components components) {

  private static final String DEFAULT_PROCESSOR = "*";
  private static final String NONE = "none";

  public TwinInfo {
    providers = Map.copyOf(providers);
  }

  /**
   * How long items stay where, and in which form.
   *
   * @param hotDays in the hot store
   * @param coldDays in the cold tier after that
   * @param compressed whether the colder tiers keep their chunks gzipped
   */
  public record Tiers(int hotDays, int coldDays, boolean compressed) {}

  /**
   * The devices of a twin.
   *
   * @param types the types of each device's properties, by device and name; a device without
   *     properties is there too
   * @param retired those of which nothing more is taken, and whose items are read: since when, as a
   *     store has times; empty where that is not known
   * @param processors the function with a device's own code, by device; {@code *} is the default
   */
  public record Devices(
      Map<String, Map<String, DataType>> types,
      Map<String, String> retired,
      Map<String, String> processors) {
    public Devices {
      types = Map.copyOf(types);
      retired = Map.copyOf(retired);
      processors = Map.copyOf(processors);
    }
  }

  /**
   * Which device each component of the hierarchy is of.
   *
   * @param devices by entity and component
   * @param asked the same by the names that a twin service asks by
   * @param measured the names of the measured properties, of components that have any
   */
  public record Components(
      Map<ComponentPath, String> devices,
      Map<ComponentPath, String> asked,
      Map<ComponentPath, Set<String>> measured) {
    public Components {
      devices = Map.copyOf(devices);
      asked = Map.copyOf(asked);
      measured = Map.copyOf(measured);
    }
  }

  /** A component of the hierarchy. */
  public record ComponentPath(String entity, String component) {}

  /** Whether the twin has, or had, a device of this id: functions behind layer 1 know both. */
  public boolean hasDevice(String device) {
    return devices.types().containsKey(device);
  }

  /**
   * Whether a message of this device is taken: of one that is retired, what was accepted before.
   *
   * @param acceptedAt as a store has times
   */
  public boolean takes(String device, String acceptedAt) {
    String since = devices.retired().get(device);
    return hasDevice(device) && (since == null || acceptedAt.compareTo(since) < 0);
  }

  /** Whether the twin has a layer, on whatever cloud. */
  public boolean hasLayer(Layer layer) {
    String provider = providers.get(layer.configKey());
    return provider != null && !provider.equals(NONE);
  }

  /** The types of a device's properties by name; empty for an unknown device. */
  public Map<String, DataType> typesOf(String device) {
    return devices.types().getOrDefault(device, Map.of());
  }

  /** The function that a device's events are processed by; empty where they pass through. */
  public Optional<String> processorOf(String device) {
    return Optional.ofNullable(devices.processors().get(device))
        .or(() -> Optional.ofNullable(devices.processors().get(DEFAULT_PROCESSOR)));
  }

  /**
   * The device of a component: the one the hierarchy says, else the one of the component's name.
   */
  public Optional<String> deviceOf(String entity, String component) {
    ComponentPath path = new ComponentPath(entity, component);
    return Optional.ofNullable(components.devices().get(path))
        .or(() -> Optional.ofNullable(components.asked().get(path)))
        .or(() -> Optional.of(component).filter(this::hasDevice));
  }
}
