package io.twinloom.functions.fake;

import io.twinloom.functions.port.StoreException;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Hierarchy.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A twin graph in memory. */
public final class MemoryTwinGraph implements TwinGraph {

  private record Path(String entity, String component) {}

  private final TreeMap<String, Entity> entities = new TreeMap<>();
  private final TreeMap<String, ComponentType> types = new TreeMap<>();
  private final Map<Path, Component> components = new HashMap<>();
  private final Map<Path, Map<String, Value>> values = new HashMap<>();
  private boolean broken;

  /** From now on it fails. */
  public void breakDown() {
    broken = true;
  }

  @Override
  public synchronized void define(Definition definition) {
    check();
    Map<Path, Component> before = new HashMap<>(components);
    entities.clear();
    types.clear();
    components.clear();
    definition.types().forEach(type -> types.put(type.id(), type));
    for (Entity entity : definition.entities()) {
      entities.put(entity.id(), entity);
      entity.components().forEach(c -> components.put(new Path(entity.id(), c.name()), c));
    }
    values.keySet().retainAll(components.keySet());
    components.forEach(
        (path, component) -> {
          Component former = before.get(path);
          if (former != null && !former.device().equals(component.device())) {
            values.remove(path);
          }
          values.getOrDefault(path, new HashMap<>()).keySet().removeIf(p -> !has(component, p));
        });
  }

  private static boolean has(Component component, String property) {
    return component.properties().stream().anyMatch(p -> p.name().equals(property));
  }

  @Override
  public synchronized Optional<Entity> entity(String id) {
    check();
    return Optional.ofNullable(entities.get(id));
  }

  @Override
  public synchronized List<Entity> entities(String after, int limit) {
    check();
    return entities.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Optional<ComponentType> componentType(String id) {
    check();
    return Optional.ofNullable(types.get(id));
  }

  @Override
  public synchronized List<ComponentType> componentTypes(String after, int limit) {
    check();
    return types.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized Update update(
      String entity, String component, String time, Map<String, JsonValue> newer) {
    check();
    Path path = new Path(entity, component);
    Component defined = components.get(path);
    if (defined == null) {
      return Update.UNKNOWN;
    }
    Map<String, Value> own = values.computeIfAbsent(path, ignored -> new HashMap<>());
    Update update =
        newer.keySet().stream().anyMatch(property -> has(defined, property))
            ? Update.UNCHANGED
            : Update.UNMEASURED;
    for (Map.Entry<String, JsonValue> value : newer.entrySet()) {
      Value there = own.get(value.getKey());
      if (has(defined, value.getKey()) && (there == null || there.time().compareTo(time) <= 0)) {
        own.put(value.getKey(), new Value(value.getValue(), time));
        update = Update.APPLIED;
      }
    }
    return update;
  }

  @Override
  public synchronized Map<String, Value> values(String entity, String component) {
    check();
    return Map.copyOf(values.getOrDefault(new Path(entity, component), Map.of()));
  }

  private void check() {
    if (broken) {
      throw new StoreException("The graph is down", "twin", new IllegalStateException("down"));
    }
  }
}
