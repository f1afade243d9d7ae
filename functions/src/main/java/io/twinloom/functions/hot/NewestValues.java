package io.twinloom.functions.hot;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.reading.ConnectorRequest;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The newest value of each property that a connector asks for, with the time of its item: a device
 * may send its properties in turns. Used by one thread.
 */
final class NewestValues {

  private static final String TIME = "time";
  private static final String VALUES = "propertyValues";

  private final ConnectorRequest request;
  private final Map<String, Value> newest = new LinkedHashMap<>();

  private record Value(String time, JsonObject entry) {}

  NewestValues(ConnectorRequest request) {
    this.request = request;
  }

  /** Takes the values of an item, where they are newer than those that were taken. */
  void take(HotItem item, Set<String> properties) {
    for (String property : properties) {
      request
          .value(item.body(), property)
          .map(
              value ->
                  JsonObject.builder()
                      .put("propertyReference", request.reference(property))
                      .put("propertyValue", value)
                      .build())
          .ifPresent(entry -> take(property, new Value(item.timestamp(), entry)));
    }
  }

  /** Takes what the reader of another store has answered: {@link #timed}. */
  void take(JsonObject answer) {
    JsonObject values = answer.object(VALUES).orElse(JsonObject.EMPTY);
    for (Map.Entry<String, JsonValue> member : values.members().entrySet()) {
      if (member.getValue() instanceof JsonObject entry
          && entry.get(TIME) instanceof JsonString time) {
        JsonObject bare = entry.toBuilder().remove(TIME).build();
        take(member.getKey(), new Value(time.value(), bare));
      }
    }
  }

  private void take(String property, Value value) {
    newest.merge(
        property, value, (old, other) -> other.time().compareTo(old.time()) > 0 ? other : old);
  }

  /** Whether each of these has a value. */
  boolean has(Set<String> properties) {
    return newest.keySet().containsAll(properties);
  }

  /** The answer to who has asked. */
  JsonObject json() {
    JsonObject.Builder values = JsonObject.builder();
    newest.forEach((property, value) -> values.put(property, value.entry()));
    return JsonObject.builder().put(VALUES, values.build()).build();
  }

  /** The same with the times, for the reader of another store. */
  JsonObject timed() {
    JsonObject.Builder values = JsonObject.builder();
    newest.forEach(
        (property, value) ->
            values.put(property, value.entry().toBuilder().put(TIME, value.time()).build()));
    return JsonObject.builder().put(VALUES, values.build()).build();
  }
}
