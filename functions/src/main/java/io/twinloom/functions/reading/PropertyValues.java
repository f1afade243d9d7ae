package io.twinloom.functions.reading;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.telemetry.JsonSize;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The histories of properties, as a twin service takes them. A value takes more room there than in
 * its item: so they end at the size of a page too, with whole points in time.
 */
public final class PropertyValues {

  /** Room of a time and the braces around it. */
  private static final int PER_VALUE = 50;

  private final ConnectorRequest request;
  private final Map<String, List<JsonValue>> byProperty = new LinkedHashMap<>();
  private int count;

  /**
   * @param items in the order of the answer; as many of them as fit
   */
  public PropertyValues(ConnectorRequest request, List<HotItem> items) {
    this.request = request;
    for (String property : request.propertiesOf(items.stream().map(HotItem::body).toList())) {
      byProperty.put(property, new ArrayList<>());
    }
    long size = 0;
    for (HotItem item : items) {
      List<Point> points = points(item);
      for (Point point : points) {
        size += PER_VALUE + JsonSize.of(point.value());
      }
      if (size > HotStore.MAX_PAGE_BYTES && count > 0) {
        return;
      }
      points.forEach(point -> point.values().add(point.at(item.timestamp())));
      count++;
    }
  }

  private record Point(List<JsonValue> values, JsonObject value) {
    JsonObject at(String time) {
      return JsonObject.builder().put("time", time).put("value", value).build();
    }
  }

  private List<Point> points(HotItem item) {
    List<Point> points = new ArrayList<>(byProperty.size());
    byProperty.forEach(
        (property, values) -> {
          Optional<JsonObject> value = request.value(item.body(), property);
          value.ifPresent(v -> points.add(new Point(values, v)));
        });
    return points;
  }

  /** How many items are in it; at least one where there is any. */
  public int count() {
    return count;
  }

  /** The values, property by property. */
  public JsonArray json() {
    List<JsonValue> all = new ArrayList<>(byProperty.size());
    byProperty.forEach(
        (property, values) ->
            all.add(
                JsonObject.builder()
                    .put("entityPropertyReference", request.reference(property))
                    .put("values", new JsonArray(values))
                    .build()));
    return new JsonArray(all);
  }
}
