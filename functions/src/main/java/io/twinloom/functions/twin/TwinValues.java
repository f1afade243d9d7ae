package io.twinloom.functions.twin;

import io.twinloom.functions.error.Quoted;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.port.TwinGraph.Property;
import io.twinloom.functions.port.TwinGraph.Value;
import io.twinloom.functions.reading.DataValue;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.twin.TwinService.Readers;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Hierarchy.Component;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a component's properties: newest ones from the graph or a reader, histories from a
 * reader, constants from the component itself.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_GetPropertyValueHistory.html">
 *     GetPropertyValueHistory</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_GetPropertyValue.html">
 *     GetPropertyValue</a>
 */
final class TwinValues {

  /** What a history is asked with and a reader takes as it is. */
  private static final List<String> PASSED_ON =
      List.of("startTime", "endTime", "maxResults", "nextToken", "orderByTime");

  /** What TwinMaker offers and this does not: refused rather than ignored. */
  private static final List<String> NOT_OFFERED =
      List.of("propertyFilters", "interpolation", "startDateTime", "endDateTime");

  private final String twin;
  private final TwinGraph graph;
  private final FunctionInvoker invoker;
  private final Readers readers;

  TwinValues(String twin, TwinGraph graph, FunctionInvoker invoker, Readers readers) {
    this.twin = twin;
    this.graph = graph;
    this.invoker = invoker;
    this.readers = readers;
  }

  JsonObject history(JsonObject request, Entity entity, Component component) {
    for (String name : NOT_OFFERED) {
      boolean empty = request.get(name) instanceof JsonArray list && list.size() == 0;
      if (request.has(name) && !empty) {
        throw RangeQuery.bad(name + " is not offered here.");
      }
    }
    List<Property> selected = selected(request, component);
    for (Property property : selected) {
      if (!property.timeSeries()) {
        throw RangeQuery.bad(Quoted.name(property.name()) + " is constant: it has no history.");
      }
    }
    JsonObject.Builder asked = asked(entity, component, selected);
    for (String name : PASSED_ON) {
      JsonValue value = request.get(name);
      if (value != null) {
        asked.put(name, value);
      }
    }
    // A reader answers a twin service without values where the request is wrong: checked here.
    var unused =
        RangeQuery.firstPage(asked.build(), component.device().orElse(""), RangeQuery.CONNECTOR);
    return component.device().isEmpty() || selected.isEmpty()
        ? JsonObject.builder().put("propertyValues", JsonArray.EMPTY).build()
        : invoker.call(readers.ranges(), asked.build());
  }

  JsonObject newest(JsonObject request, Entity entity, Component component) {
    List<Property> selected = new ArrayList<>(selected(request, component));
    if (selectsAll(request)) {
      GraphDefinition.properties(component).stream()
          .filter(p -> !p.timeSeries())
          .forEach(selected::add);
    }
    Map<String, JsonObject> measured =
        readers
            .newest()
            .map(reader -> fromReader(reader, entity, component, selected))
            .orElseGet(() -> fromGraph(entity, component));
    JsonObject.Builder values = JsonObject.builder();
    for (Property property : selected) {
      Optional<JsonObject> value =
          property.timeSeries()
              ? Optional.ofNullable(measured.get(property.name()))
              : property.value().map(v -> latest(DataValue.of(Optional.of(property.type()), v)));
      value
          .or(() -> initial(property))
          .ifPresent(
              v ->
                  values.put(
                      property.name(),
                      v.toBuilder()
                          .put(
                              "propertyReference",
                              reference(entity.id(), component.name(), property.name()))
                          .build()));
    }
    return JsonObject.builder().put("propertyValues", values.build()).build();
  }

  /** What a reader answers without values may also be an error: then nothing is made up. */
  private Optional<JsonObject> initial(Property property) {
    return readers.newest().isPresent()
        ? Optional.empty()
        : property.value().map(v -> latest(DataValue.of(Optional.of(property.type()), v)));
  }

  private Map<String, JsonObject> fromGraph(Entity entity, Component component) {
    Map<String, JsonObject> values = new LinkedHashMap<>();
    Map<String, Value> newest = graph.values(entity.id(), component.name());
    for (Property property : GraphDefinition.properties(component)) {
      Value value = newest.get(property.name());
      if (value != null) {
        JsonObject data = DataValue.of(Optional.of(property.type()), value.value());
        values.put(property.name(), latest(data).toBuilder().put("time", value.time()).build());
      }
    }
    return values;
  }

  private Map<String, JsonObject> fromReader(
      String reader, Entity entity, Component component, List<Property> selected) {
    List<Property> measured = selected.stream().filter(Property::timeSeries).toList();
    Map<String, JsonObject> values = new LinkedHashMap<>();
    if (component.device().isPresent() && !measured.isEmpty()) {
      JsonObject answer = invoker.call(reader, asked(entity, component, measured).build());
      answer
          .object("propertyValues")
          .orElse(JsonObject.EMPTY)
          .members()
          .forEach(
              (name, value) -> {
                if (value instanceof JsonObject one) {
                  values.put(name, one);
                }
              });
    }
    return values;
  }

  private JsonObject.Builder asked(Entity entity, Component component, List<Property> properties) {
    JsonObject.Builder definitions = JsonObject.builder();
    for (Property property : properties) {
      JsonObject type = JsonObject.builder().put("type", property.type().name()).build();
      definitions.put(
          property.name(),
          JsonObject.builder()
              .put("definition", JsonObject.builder().put("dataType", type).build())
              .build());
    }
    return JsonObject.builder()
        .put("workspaceId", twin)
        .put("entityId", entity.id())
        .put("componentName", component.name())
        .put(
            "selectedProperties",
            JsonArray.ofTexts(properties.stream().map(Property::name).toList()))
        .put("properties", definitions.build());
  }

  /** Those that the request names; else all that are measured. */
  private static List<Property> selected(JsonObject request, Component component) {
    List<Property> all = GraphDefinition.properties(component);
    if (selectsAll(request)) {
      return all.stream().filter(Property::timeSeries).toList();
    }
    List<Property> selected = new ArrayList<>();
    JsonArray names =
        request
            .array("selectedProperties")
            .orElseThrow(() -> RangeQuery.bad("selectedProperties is not a list of texts."));
    for (JsonValue name : names) {
      String wanted = name instanceof JsonString text ? text.value() : "";
      selected.add(
          all.stream()
              .filter(p -> p.name().equals(wanted))
              .findFirst()
              .orElseThrow(
                  () -> RangeQuery.bad("There is no property " + Quoted.name(wanted) + ".")));
    }
    return selected;
  }

  private static boolean selectsAll(JsonObject request) {
    return !request.has("selectedProperties")
        || request.array("selectedProperties").filter(names -> names.size() == 0).isPresent();
  }

  private static JsonObject latest(JsonObject value) {
    return JsonObject.builder().put("propertyValue", value).build();
  }

  private static JsonObject reference(String entity, String component, String property) {
    return JsonObject.builder()
        .put("entityId", entity)
        .put("componentName", component)
        .put("propertyName", property)
        .build();
  }
}
