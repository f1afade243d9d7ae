package io.twinloom.functions.twin;

import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.settings.TwinInfo.ComponentPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * The components of each device of a twin, and what they measure.
 *
 * @param components by device
 * @param measured the names of the measured properties, by component
 */
record DeviceProperties(
    TreeMap<String, List<ComponentPath>> components, Map<ComponentPath, Set<String>> measured) {

  static DeviceProperties of(TwinInfo twin) {
    TreeMap<String, List<ComponentPath>> components = new TreeMap<>();
    Map<ComponentPath, Set<String>> measured = twin.components().measured();
    twin.components()
        .devices()
        .forEach(
            (path, device) -> {
              // A component without a device measures nothing.
              if (twin.hasDevice(device) && !measured.getOrDefault(path, Set.of()).isEmpty()) {
                components.computeIfAbsent(device, ignored -> new ArrayList<>()).add(path);
              }
            });
    return new DeviceProperties(components, measured);
  }

  /** The devices behind one, in their order. */
  NavigableSet<String> devicesAfter(String device) {
    return Collections.unmodifiableNavigableSet(
        components.tailMap(device, false).navigableKeySet());
  }

  /** The names of what a device measures. */
  Set<String> of(String device) {
    Set<String> names = new LinkedHashSet<>();
    components.getOrDefault(device, List.of()).forEach(path -> names.addAll(of(path)));
    return names;
  }

  private Set<String> of(ComponentPath path) {
    return measured.getOrDefault(path, Set.of());
  }

  /** The components that show a property of a device. */
  List<ComponentPath> showing(String device, String property) {
    return components.getOrDefault(device, List.of()).stream()
        .filter(path -> of(path).contains(property))
        .toList();
  }
}
