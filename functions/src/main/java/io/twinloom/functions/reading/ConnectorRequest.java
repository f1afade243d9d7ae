package io.twinloom.functions.reading;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.SystemMembers;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request in the form of TwinMaker's data connectors.
 *
 * @param device the component's
 * @param selected the properties that are asked for; empty for all
 * @param types of properties, as the request defines them, else as the device has them
 * @see <a
 *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/guide/time-series-data-connectors.html">
 *     TwinMaker time-series data connector</a>
 */
public record ConnectorRequest(
    String entity,
    String component,
    String device,
    List<String> selected,
    Map<String, DataType> types) {

  /** Whether a request has this form; else it is a plain query for a device's items. */
  public static boolean isOne(JsonObject request) {
    return request.has("componentName") || request.has("entityId");
  }

  /**
   * Reads a request.
   *
   * @throws io.twinloom.functions.error.Refused if it names no component that has a device
   */
  public static ConnectorRequest of(JsonObject request, TwinInfo twin) {
    String entity = request.text("entityId").orElse("");
    String component =
        request
            .text("componentName")
            .filter(name -> !name.isBlank())
            .orElseThrow(() -> RangeQuery.bad("The request has no componentName."));
    String device =
        twin.deviceOf(entity, component)
            .orElseThrow(
                () ->
                    RangeQuery.bad(
                        "The component "
                            + Quoted.name(component)
                            + " of the entity "
                            + Quoted.name(entity)
                            + " has no device."));
    return new ConnectorRequest(
        entity, component, device, selected(request), types(request, twin.typesOf(device)));
  }

  /** The properties that are asked for of these items, in order. */
  public Set<String> propertiesOf(List<JsonObject> items) {
    if (!selected.isEmpty()) {
      return new LinkedHashSet<>(selected);
    }
    Set<String> all = new LinkedHashSet<>();
    for (JsonObject item : items) {
      for (String name : item.members().keySet()) {
        if (!SystemMembers.OF_ITEMS.contains(name)) {
          all.add(name);
        }
      }
    }
    return all;
  }

  /** What a property is called in an answer. */
  public JsonObject reference(String property) {
    return JsonObject.builder()
        .put("entityId", entity)
        .put("componentName", component)
        .put("propertyName", property)
        .build();
  }

  /**
   * A value under the key of its configured type, or of its own where it is not of that; empty
   * where the item has no value.
   */
  public Optional<JsonObject> value(JsonObject item, String property) {
    JsonValue value = item.get(property);
    if (value == null || value instanceof JsonNull) {
      return Optional.empty();
    }
    return Optional.of(DataValue.of(Optional.ofNullable(types.get(property)), value));
  }

  private static List<String> selected(JsonObject request) {
    JsonValue given = request.get("selectedProperties");
    if (given == null || given instanceof JsonNull) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    if (given instanceof JsonArray list) {
      for (JsonValue name : list) {
        if (name instanceof JsonString text) {
          names.add(text.value());
        }
      }
      if (names.size() == list.size()) {
        return List.copyOf(names);
      }
    }
    throw RangeQuery.bad("selectedProperties is not a list of texts.");
  }

  private static Map<String, DataType> types(JsonObject request, Map<String, DataType> own) {
    Map<String, DataType> types = new HashMap<>(own);
    JsonObject properties = request.object("properties").orElse(JsonObject.EMPTY);
    for (Map.Entry<String, JsonValue> property : properties.members().entrySet()) {
      if (property.getValue() instanceof JsonObject definition) {
        type(definition).ifPresent(type -> types.put(property.getKey(), type));
      }
    }
    return Map.copyOf(types);
  }

  private static Optional<DataType> type(JsonObject property) {
    String name =
        property
            .object("definition")
            .flatMap(definition -> definition.object("dataType"))
            .flatMap(dataType -> dataType.text("type"))
            .orElse("");
    for (DataType type : DataType.values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
