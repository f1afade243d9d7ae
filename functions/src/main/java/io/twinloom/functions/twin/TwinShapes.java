package io.twinloom.functions.twin;

import io.twinloom.functions.port.TwinGraph.ComponentType;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.port.TwinGraph.Property;
import io.twinloom.functions.reading.DataValue;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Hierarchy.Component;
import java.util.List;
import java.util.Optional;

/**
 * Entities and component types in TwinMaker's response shapes.
 *
 * @see <a href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_GetEntity.html">
 *     GetEntity</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_GetComponentType.html">
 *     GetComponentType</a>
 */
final class TwinShapes {

  /** The parent of the topmost entities. */
  static final String ROOT = "$ROOT";

  private static final JsonObject ACTIVE = JsonObject.builder().put("state", "ACTIVE").build();

  private final String twin;

  TwinShapes(String twin) {
    this.twin = twin;
  }

  JsonObject summary(Entity entity) {
    return head(entity).build();
  }

  /** With {@code relations}, which TwinMaker has only as properties of components. */
  JsonObject entity(Entity entity) {
    JsonObject.Builder components = JsonObject.builder();
    entity.components().forEach(c -> components.put(c.name(), component(c)));
    List<JsonValue> relations =
        entity.relations().stream()
            .<JsonValue>map(
                r -> JsonObject.builder().put("name", r.name()).put("target", r.target()).build())
            .toList();
    return head(entity)
        .put("workspaceId", twin)
        .put("areAllComponentsReturned", true)
        .put("components", components.build())
        .put("relations", new JsonArray(relations))
        .build();
  }

  private JsonObject.Builder head(Entity entity) {
    return JsonObject.builder()
        .put("entityId", entity.id())
        .put("entityName", entity.id())
        .put("arn", name("entity", entity.id()))
        .put("parentEntityId", entity.parent().orElse(ROOT))
        .put("hasChildEntities", entity.hasChildren())
        .put("status", ACTIVE);
  }

  private static JsonObject component(Component component) {
    JsonObject.Builder properties = JsonObject.builder();
    for (Property property : GraphDefinition.properties(component)) {
      JsonObject.Builder one =
          JsonObject.builder().put("definition", definition(property, property.timeSeries()));
      if (!property.timeSeries()) {
        property.value().ifPresent(v -> one.put("value", value(property, v)));
      }
      properties.put(property.name(), one.put("areAllPropertyValuesReturned", true).build());
    }
    JsonObject.Builder out =
        JsonObject.builder()
            .put("componentName", component.name())
            .put("componentTypeId", component.componentTypeId());
    component.device().ifPresent(device -> out.put("iotDeviceId", device));
    return out.put("properties", properties.build())
        .put("areAllPropertiesReturned", true)
        .put("status", ACTIVE)
        .build();
  }

  JsonObject summary(ComponentType type) {
    return typeHead(type).build();
  }

  JsonObject componentType(ComponentType type) {
    JsonObject.Builder properties = JsonObject.builder();
    type.properties().forEach(p -> properties.put(p.name(), definition(p, true)));
    return typeHead(type)
        .put("workspaceId", twin)
        .put("isAbstract", false)
        .put("isSingleton", false)
        .put("propertyDefinitions", properties.build())
        .build();
  }

  private JsonObject.Builder typeHead(ComponentType type) {
    return JsonObject.builder()
        .put("componentTypeId", type.id())
        .put("componentTypeName", type.id())
        .put("arn", name("component-type", type.id()))
        .put("status", ACTIVE);
  }

  private static JsonObject definition(Property property, boolean withDefault) {
    JsonObject.Builder definition =
        JsonObject.builder()
            .put("dataType", JsonObject.builder().put("type", property.type().name()).build())
            .put("isTimeSeries", property.timeSeries())
            .put("isStoredExternally", property.timeSeries())
            .put("isRequiredInEntity", false)
            .put("isExternalId", false)
            .put("isFinal", false)
            .put("isImported", false)
            .put("isInherited", false);
    if (withDefault) {
      property.value().ifPresent(v -> definition.put("defaultValue", value(property, v)));
    }
    return definition.build();
  }

  private static JsonObject value(Property property, JsonValue value) {
    return DataValue.of(Optional.of(property.type()), value);
  }

  private String name(String kind, String id) {
    return "twinloom:" + twin + ":" + kind + "/" + id;
  }
}
