package io.twinloom.functions.port;

import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Relation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The entities of a twin, their components, component types and relations, and the newest values of
 * their properties. Every method may be called by any thread.
 */
public interface TwinGraph {

  /**
   * An entity.
   *
   * @param parent the entity that holds it; empty at the top
   * @param hasChildren whether it holds entities
   */
  record Entity(
      String id,
      Optional<String> parent,
      boolean hasChildren,
      List<Component> components,
      List<Relation> relations) {
    public Entity {
      components = List.copyOf(components);
      relations = List.copyOf(relations);
    }

    /** The component of a name. */
    public Optional<Component> component(String name) {
      return components.stream().filter(c -> c.name().equals(name)).findFirst();
    }
  }

  /** A component type with the properties that its components have together. */
  record ComponentType(String id, List<Property> properties) {
    public ComponentType {
      properties = List.copyOf(properties);
    }
  }

  /**
   * A property of a component type.
   *
   * @param timeSeries whether it is measured; else it never changes
   * @param value the constant's value, or the one that a measured property has before its first
   *     measurement
   */
  record Property(String name, DataType type, boolean timeSeries, Optional<JsonValue> value) {}

  /**
   * The newest value of a measured property.
   *
   * @param time of its measurement, in stored form
   */
  record Value(JsonValue value, String time) {}

  /** The whole graph but its values. */
  record Definition(List<Entity> entities, List<ComponentType> types) {
    public Definition {
      entities = List.copyOf(entities);
      types = List.copyOf(types);
    }
  }

  /** What became of an update. */
  enum Update {
    /** At least one value is the newest now. */
    APPLIED,
    /** The graph had newer values. */
    UNCHANGED,
    /** The component has none of these properties, or they are constant. */
    UNMEASURED,
    /** The graph has no such component. */
    UNKNOWN
  }

  /**
   * Makes the graph what is defined, in one step: what the definition does not have is removed,
   * with its values; the values of what it still has stay. The deployer's right, no function's.
   *
   * @throws StoreException if the graph does not confirm that it is durable; then it is unchanged
   */
  void define(Definition definition);

  /** The entity of an id. */
  Optional<Entity> entity(String id);

  /**
   * Entities in the order of their ids.
   *
   * @param after the id behind which to begin; empty: at the first
   * @param limit how many at most
   */
  List<Entity> entities(String after, int limit);

  /** The component type of an id. */
  Optional<ComponentType> componentType(String id);

  /** Component types in the order of their ids, as {@link #entities}. */
  List<ComponentType> componentTypes(String after, int limit);

  /**
   * Takes the values of a measurement, each where it is not older than the one that is there;
   * values of properties that the component has not, or that are constant, are left out. Durable on
   * return.
   *
   * @param time of the measurement, in stored form
   * @throws StoreException if the graph does not confirm that it is durable
   */
  Update update(String entity, String component, String time, Map<String, JsonValue> values);

  /**
   * The values of a measurement for a component.
   *
   * @param time of the measurement, in stored form
   */
  record Measured(String entity, String component, String time, Map<String, JsonValue> values) {}

  /**
   * Takes the values of several, each as {@link #update} does, in their order. Durable on return.
   *
   * @return what each did
   * @throws StoreException if the graph does not confirm that all are durable
   */
  default List<Update> updateAll(List<Measured> measured) {
    return measured.stream()
        .map(one -> update(one.entity(), one.component(), one.time(), one.values()))
        .toList();
  }

  /** The newest values of a component's measured properties, by name; none before the first. */
  Map<String, Value> values(String entity, String component);
}
