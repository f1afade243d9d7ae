package io.twinloom.model.condition;

import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Entity;
import io.twinloom.model.error.ModelError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the paths of conditions mean in a hierarchy. Where the hierarchy was made from the devices,
 * anything, a dot and a device's id means that device.
 */
public final class ComponentPaths implements PathResolver {
  private final boolean generated;
  private final Map<String, List<Component>> byPath = new HashMap<>();

  private ComponentPaths(boolean generated) {
    this.generated = generated;
  }

  /** The paths of this hierarchy. */
  public static ComponentPaths of(Hierarchy hierarchy) {
    ComponentPaths paths = new ComponentPaths(hierarchy.generated());
    for (Entity root : hierarchy.roots()) {
      paths.add(root);
    }
    return paths;
  }

  private void add(Entity entity) {
    for (Component component : entity.components()) {
      String path = generated ? component.name() : entity.id() + "." + component.name();
      byPath.computeIfAbsent(path, p -> new ArrayList<>(1)).add(component);
    }
    for (Entity child : entity.children()) {
      add(child);
    }
  }

  /** Whether any path that ends with a device's id means that device. */
  public boolean areDevices() {
    return generated;
  }

  /** Every component that a path can name; the ids of the devices where these are what is named. */
  public Set<String> known() {
    return Collections.unmodifiableSet(byPath.keySet());
  }

  /** The names of the configured properties of a component that a path names. */
  public List<String> properties(String path) {
    List<String> names = new ArrayList<>();
    for (Component component : find(path)) {
      for (Device.Property property : component.properties()) {
        names.add(property.name());
      }
      for (Device.ConstProperty property : component.constProperties()) {
        names.add(property.name());
      }
    }
    return names;
  }

  @Override
  public Meaning resolve(String path, String property) {
    List<Component> meant = find(path);
    if (meant.isEmpty()) {
      return new Unclear(
          ModelError.CONDITION_PATH,
          generated
              ? "\"" + path + "\" does not end with a dot and the id of a device."
              : "\"" + path + "\" is not a component of the hierarchy.",
          "Write entityId.componentId.propertyName, as in the "
              + (generated ? "list of devices." : "hierarchy."));
    }
    if (meant.size() > 1) {
      return new Unclear(
          ModelError.CONDITION_AMBIGUOUS,
          "\"" + path + "\" could mean " + meant.size() + " components.",
          "Rename one of them, so that the path means one only.");
    }
    Component component = meant.get(0);
    Optional<String> device = component.device();
    if (device.isEmpty()) {
      return new Unclear(
          ModelError.CONDITION_PATH,
          "The component \"" + path + "\" has no device, so no event can change it.",
          "Name a component with an \"iotDeviceId\", or give this one its device.");
    }
    return new OfDevice(device.get(), typeOf(component, property));
  }

  private List<Component> find(String path) {
    return generated ? devicesAtEndOf(path) : byPath.getOrDefault(path, List.of());
  }

  private List<Component> devicesAtEndOf(String path) {
    List<Component> found = new ArrayList<>(1);
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
      if (dot > 0) {
        found.addAll(byPath.getOrDefault(path.substring(dot + 1), List.of()));
      }
    }
    return found;
  }

  private static Optional<DataType> typeOf(Component component, String property) {
    for (Device.Property known : component.properties()) {
      if (known.name().equals(property)) {
        return Optional.of(known.dataType());
      }
    }
    for (Device.ConstProperty known : component.constProperties()) {
      if (known.name().equals(property)) {
        return Optional.of(known.dataType());
      }
    }
    return Optional.empty();
  }
}
