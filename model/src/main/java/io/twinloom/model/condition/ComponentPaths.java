package io.twinloom.model.condition;

import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.DeviceIds;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.error.ModelError;
import io.twinloom.model.text.Count;
import io.twinloom.model.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the paths of conditions mean. What stands before the property is one component of the
 * hierarchy, {@code entityId.componentId}; where there is none, it is any entity, a dot and the
 * name of a component or device, all of which must then mean one device. Where the hierarchy was
 * made from the devices, only the latter is looked for.
 */
public final class ComponentPaths implements PathResolver {
  private final boolean generated;
  private final Map<String, List<Component>> byPath = new HashMap<>();
  private final Map<String, List<Component>> byName = new HashMap<>();

  private ComponentPaths(boolean generated) {
    this.generated = generated;
  }

  /** The paths of this hierarchy, and those that mean one of these devices. */
  public static ComponentPaths of(Hierarchy hierarchy, Collection<Device> devices) {
    ComponentPaths paths = new ComponentPaths(hierarchy.generated());
    for (Entity root : hierarchy.roots()) {
      paths.add(root);
    }
    for (Device device : devices) {
      paths.addByName(
          device.id(),
          new Component(
              device.id(),
              "",
              Optional.of(device.id()),
              device.properties(),
              device.constProperties()));
    }
    return paths;
  }

  /** What follows each dot of a text but a first one: of {@code a.b.c} it is {@code b.c, c}. */
  public static List<String> tails(String text) {
    List<String> tails = new ArrayList<>(2);
    for (int dot = text.indexOf('.', 1); dot >= 0; dot = text.indexOf('.', dot + 1)) {
      tails.add(text.substring(dot + 1));
    }
    return tails;
  }

  private void add(Entity entity) {
    for (Component component : entity.components()) {
      byPath
          .computeIfAbsent(entity.id() + "." + component.name(), p -> new ArrayList<>(1))
          .add(component);
      addByName(component.name(), component);
    }
    for (Entity child : entity.children()) {
      add(child);
    }
  }

  private void addByName(String name, Component component) {
    byName.computeIfAbsent(DeviceIds.normal(name), n -> new ArrayList<>(1)).add(component);
  }

  /** Whether any path that ends with a device's id means that device. */
  public boolean areDevices() {
    return generated;
  }

  /** What a path is written with: every component; the devices where these are what is named. */
  public Set<String> known() {
    return Collections.unmodifiableSet(generated ? byName.keySet() : byPath.keySet());
  }

  /** The names of the configured properties of what a path names. */
  public List<String> properties(String path) {
    return List.copyOf(types(find(path)).keySet());
  }

  @Override
  public Meaning resolve(String path, String property) {
    List<Component> exact = exact(path);
    if (exact.size() > 1) {
      return ambiguous(path, "could mean " + exact.size() + " components");
    }
    List<Component> meant = exact.isEmpty() ? named(path) : exact;
    if (meant.isEmpty()) {
      return new Unclear(
          ModelError.CONDITION_PATH,
          Printable.quoted(path)
              + (generated
                  ? " does not end with a dot and the id of a device."
                  : " is not a component of the hierarchy."),
          "Write entityId.componentId.propertyName, as in the "
              + (generated ? "list of devices." : "hierarchy."));
    }
    Set<Optional<String>> devices = new LinkedHashSet<>();
    meant.forEach(component -> devices.add(component.device()));
    if (devices.size() > 1) {
      return ambiguous(path, "could mean " + Count.of(devices.size(), "device") + " or components");
    }
    Optional<String> device = meant.get(0).device();
    if (device.isEmpty()) {
      return new Unclear(
          ModelError.CONDITION_PATH,
          "The component " + Printable.quoted(path) + " has no device, so no event can change it.",
          "Name a component with an \"iotDeviceId\", or give this one its device.");
    }
    return new OfDevice(device.get(), typeOf(property, meant), !generated && exact.isEmpty());
  }

  private static Unclear ambiguous(String path, String what) {
    return new Unclear(
        ModelError.CONDITION_AMBIGUOUS,
        Printable.quoted(path) + " " + what + ".",
        "Write entityId.componentId of one, and rename one where that is not enough.");
  }

  private List<Component> find(String path) {
    List<Component> exact = exact(path);
    return exact.isEmpty() ? named(path) : exact;
  }

  private List<Component> exact(String path) {
    return generated ? List.of() : byPath.getOrDefault(path, List.of());
  }

  private List<Component> named(String path) {
    List<Component> found = new ArrayList<>(1);
    for (String tail : tails(path)) {
      found.addAll(byName.getOrDefault(DeviceIds.normal(tail), List.of()));
    }
    return found;
  }

  private static Optional<DataType> typeOf(String property, List<Component> components) {
    // The two that every event has are texts, whatever is configured.
    return property.equals("device_id") || property.equals("timestamp")
        ? Optional.of(DataType.STRING)
        : Optional.ofNullable(types(components).get(property));
  }

  private static Map<String, DataType> types(List<Component> components) {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (Component component : components) {
      for (Device.Property known : component.properties()) {
        types.putIfAbsent(known.name(), known.dataType());
      }
      for (Device.ConstProperty known : component.constProperties()) {
        types.putIfAbsent(known.name(), known.dataType());
      }
    }
    return types;
  }
}
