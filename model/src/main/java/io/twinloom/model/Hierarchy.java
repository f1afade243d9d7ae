package io.twinloom.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The twin's entities and components: those of {@code twin_hierarchy/}, or, where there is no such
 * file, one entity per device with one component, all named as the device.
 *
 * @param generated whether it was made from the devices for want of a file
 */
public record Hierarchy(List<Entity> roots, boolean generated) {
  public Hierarchy {
    roots = List.copyOf(roots);
  }

  /** The hierarchy of a project without one: an entity per device, all named as the device. */
  public static Hierarchy ofDevices(List<Device> devices) {
    List<Entity> roots = new ArrayList<>(devices.size());
    for (Device device : devices) {
      Component component =
          new Component(
              device.id(),
              device.id(),
              Optional.of(device.id()),
              device.properties(),
              device.constProperties());
      roots.add(new Entity(device.id(), List.of(), List.of(component), List.of()));
    }
    return new Hierarchy(roots, true);
  }

  /** An entity with what it holds. */
  public record Entity(
      String id, List<Entity> children, List<Component> components, List<Relation> relations) {
    public Entity {
      children = List.copyOf(children);
      components = List.copyOf(components);
      relations = List.copyOf(relations);
    }
  }

  /**
   * A component.
   *
   * @param device the device whose values it has; empty where it has none
   */
  public record Component(
      String name,
      String componentTypeId,
      Optional<String> device,
      List<Device.Property> properties,
      List<Device.ConstProperty> constProperties) {
    public Component {
      properties = List.copyOf(properties);
      constProperties = List.copyOf(constProperties);
    }
  }

  /** A named relation to another entity. */
  public record Relation(String name, String target) {}
}
