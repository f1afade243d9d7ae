package io.twinloom.functions.twin;

import io.twinloom.functions.port.TwinGraph.Entity;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The {@code filters} of ListEntities: at most one, for the parent or a component's type.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_ListEntitiesFilter.html">
 *     ListEntitiesFilter</a>
 */
final class EntityFilter {

  private EntityFilter() {}

  static Predicate<Entity> of(JsonObject request) {
    JsonArray filters = request.array("filters").orElse(JsonArray.EMPTY);
    if (filters.size() == 0) {
      return entity -> true;
    }
    if (filters.size() > 1
        || !(filters.values().getFirst() instanceof JsonObject filter)
        || filter.members().size() != 1) {
      throw RangeQuery.bad("filters is not a list of one object with one member.");
    }
    Map.Entry<String, JsonValue> one = filter.members().entrySet().iterator().next();
    String wanted = one.getValue() instanceof JsonString text ? text.value() : "";
    return switch (one.getKey()) {
      case "parentEntityId" -> entity -> entity.parent().orElse(TwinShapes.ROOT).equals(wanted);
      case "componentTypeId" ->
          entity -> entity.components().stream().anyMatch(c -> c.componentTypeId().equals(wanted));
      default -> throw RangeQuery.bad("Filters are parentEntityId and componentTypeId.");
    };
  }
}
