package io.twinloom.functions.twin;

import io.twinloom.functions.port.TwinGraph;
import io.twinloom.functions.port.TwinGraph.Value;
import io.twinloom.functions.settings.TwinInfo.ComponentPath;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Where a device's newest values are found. */
@FunctionalInterface
interface NewestValues {

  /**
   * What was found in a part of a source.
   *
   * @param values the newest of each property, by name
   * @param next where to look for the others; empty where there is nothing more that can be read
   * @param pending whether something was left out that can only be read once it is restored
   */
  record Part(Map<String, Value> values, Optional<String> next, boolean pending) {}

  /**
   * Looks for values.
   *
   * @param wanted the names of properties
   * @param from where to look, as an earlier part said; empty: at the beginning
   */
  Part of(String device, Set<String> wanted, Optional<String> from);

  /** Those of a graph, which has them all in one part. */
  static NewestValues ofGraph(
      TwinGraph graph, Map<String, List<ComponentPath>> componentsOfDevices) {
    return (device, wanted, from) -> {
      Map<String, Value> values = new HashMap<>();
      for (ComponentPath path : componentsOfDevices.getOrDefault(device, List.of())) {
        graph.values(path.entity(), path.component()).forEach((p, v) -> values.merge(p, v, NEWER));
      }
      values.keySet().retainAll(wanted);
      return new Part(values, Optional.empty(), false);
    };
  }

  /**
   * Those of measurements, newest first.
   *
   * @param items answers a query for items
   */
  static NewestValues ofItems(UnaryOperator<JsonObject> items) {
    return (device, wanted, from) -> {
      JsonObject.Builder query =
          JsonObject.builder().put("device_id", device).put("limit", PAGE).put("order", "desc");
      from.ifPresent(token -> query.put("nextToken", token));
      JsonObject page = items.apply(query.build());
      Map<String, Value> values = new HashMap<>();
      for (JsonValue item : page.array("items").orElse(JsonArray.EMPTY)) {
        if (item instanceof JsonObject measured) {
          take(measured, wanted, values);
        }
      }
      boolean pending = page.array("pending").filter(list -> list.size() > 0).isPresent();
      return new Part(values, page.text("nextToken"), pending);
    };
  }

  private static void take(JsonObject item, Set<String> wanted, Map<String, Value> values) {
    String time = item.text("timestamp").orElse("");
    for (String property : wanted) {
      JsonValue value = item.get(property);
      if (value != null && !(value instanceof JsonNull)) {
        values.putIfAbsent(property, new Value(value, time));
      }
    }
  }

  /** So many items are read together: a device's newest one mostly has all its properties. */
  int PAGE = 200;

  /** Of two values the newer one. */
  BinaryOperator<Value> NEWER =
      (one, other) -> one.time().compareTo(other.time()) >= 0 ? one : other;
}
