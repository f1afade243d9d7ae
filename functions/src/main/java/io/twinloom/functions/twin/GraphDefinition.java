package io.twinloom.functions.twin;

import io.twinloom.functions.port.TwinGraph.ComponentType;
import io.twinloom.functions.port.TwinGraph.Definition;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.port.TwinGraph.Property;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy;
import io.twinloom.model.Hierarchy.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The graph that a project's hierarchy describes. */
public final class GraphDefinition {

  private final List<Entity> entities = new ArrayList<>();
  private final Map<String, Map<String, Property>> types = new TreeMap<>();

  private GraphDefinition() {}

  /** The graph of a hierarchy. */
  public static Definition of(Hierarchy hierarchy) {
    GraphDefinition graph = new GraphDefinition();
    hierarchy.roots().forEach(root -> graph.add(root, Optional.empty()));
    List<ComponentType> types = new ArrayList<>();
    graph.types.forEach(
        (id, properties) -> types.add(new ComponentType(id, List.copyOf(properties.values()))));
    return new Definition(graph.entities, types);
  }

  /** The properties of a component: the measured ones first. */
  static List<Property> properties(Component component) {
    List<Property> all = new ArrayList<>();
    for (Device.Property p : component.properties()) {
      all.add(new Property(p.name(), p.dataType(), true, p.initValue()));
    }
    for (Device.ConstProperty p : component.constProperties()) {
      all.add(new Property(p.name(), p.dataType(), false, Optional.of(p.value())));
    }
    return all;
  }

  private void add(Hierarchy.Entity entity, Optional<String> parent) {
    List<Component> components = entity.components().stream().map(GraphDefinition::typed).toList();
    entities.add(
        new Entity(
            entity.id(), parent, !entity.children().isEmpty(), components, entity.relations()));
    for (Component component : components) {
      Map<String, Property> type =
          types.computeIfAbsent(component.componentTypeId(), id -> new LinkedHashMap<>());
      properties(component).forEach(p -> type.merge(p.name(), p, GraphDefinition::common));
    }
    entity.children().forEach(child -> add(child, Optional.of(entity.id())));
  }

  /** What differs between components of one type, such as a serial number, is not their type's. */
  private static Property common(Property first, Property other) {
    boolean same = first.value().equals(other.value());
    return same
        ? first
        : new Property(first.name(), first.type(), first.timeSeries(), Optional.empty());
  }

  /** A component without a type is of one of its own name. */
  private static Component typed(Component component) {
    return component.componentTypeId().isEmpty()
        ? new Component(
            component.name(),
            component.name(),
            component.device(),
            component.properties(),
            component.constProperties())
        : component;
  }
}
