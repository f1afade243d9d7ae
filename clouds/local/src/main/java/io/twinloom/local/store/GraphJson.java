package io.twinloom.local.store;

import io.twinloom.functions.port.TwinGraph.ComponentType;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.port.TwinGraph.Property;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import io.twinloom.model.Device;
import io.twinloom.model.Hierarchy.Component;
import io.twinloom.model.Hierarchy.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How entities and component types are kept. */
final class GraphJson {

  private GraphJson() {}

  static JsonObject of(Entity entity) {
    JsonObject.Builder out = JsonObject.builder().put("id", entity.id());
    entity.parent().ifPresent(parent -> out.put("parent", parent));
    return out.put("children", entity.hasChildren())
        .put("components", list(entity.components(), GraphJson::of))
        .put(
            "relations",
            list(
                entity.relations(),
                r -> JsonObject.builder().put("name", r.name()).put("target", r.target()).build()))
        .build();
  }

  static Entity entity(JsonObject json) {
    return new Entity(
        text(json, "id"),
        json.text("parent"),
        json.get("children") == JsonBoolean.TRUE,
        objects(json, "components", GraphJson::component),
        objects(json, "relations", r -> new Relation(text(r, "name"), text(r, "target"))));
  }

  static JsonObject of(ComponentType type) {
    return JsonObject.builder()
        .put("id", type.id())
        .put("properties", list(type.properties(), GraphJson::of))
        .build();
  }

  static ComponentType type(JsonObject json) {
    return new ComponentType(text(json, "id"), objects(json, "properties", GraphJson::property));
  }

  private static JsonObject of(Component component) {
    JsonObject.Builder out =
        JsonObject.builder().put("name", component.name()).put("type", component.componentTypeId());
    component.device().ifPresent(device -> out.put("device", device));
    List<Property> properties = new ArrayList<>();
    for (Device.Property p : component.properties()) {
      properties.add(new Property(p.name(), p.dataType(), true, p.initValue()));
    }
    for (Device.ConstProperty p : component.constProperties()) {
      properties.add(new Property(p.name(), p.dataType(), false, Optional.of(p.value())));
    }
    return out.put("properties", list(properties, GraphJson::of)).build();
  }

  private static Component component(JsonObject json) {
    List<Device.Property> measured = new ArrayList<>();
    List<Device.ConstProperty> constant = new ArrayList<>();
    for (Property p : objects(json, "properties", GraphJson::property)) {
      if (p.timeSeries()) {
        measured.add(new Device.Property(p.name(), p.type(), p.value()));
      } else {
        constant.add(new Device.ConstProperty(p.name(), p.type(), p.value().orElseThrow()));
      }
    }
    return new Component(
        text(json, "name"), text(json, "type"), json.text("device"), measured, constant);
  }

  private static JsonObject of(Property property) {
    JsonObject.Builder out =
        JsonObject.builder()
            .put("name", property.name())
            .put("dataType", property.type().name())
            .put("timeSeries", property.timeSeries());
    property.value().ifPresent(value -> out.put("value", value));
    return out.build();
  }

  private static Property property(JsonObject json) {
    return new Property(
        text(json, "name"),
        DataType.valueOf(text(json, "dataType")),
        json.get("timeSeries") == JsonBoolean.TRUE,
        Optional.ofNullable(json.get("value")));
  }

  private static String text(JsonObject json, String name) {
    return json.text(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
  }

  private static <T> JsonArray list(List<T> things, Function<T, JsonObject> json) {
    return new JsonArray(things.stream().<JsonValue>map(json).toList());
  }

  private static <T> List<T> objects(JsonObject json, String name, Function<JsonObject, T> read) {
    List<T> all = new ArrayList<>();
    for (JsonValue value : json.array(name).orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject object) {
        all.add(read.apply(object));
      }
    }
    return all;
  }
}
