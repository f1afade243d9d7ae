package io.twinloom.server.http;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DeviceIds;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The ids of devices that a request names, in the path, in the address or in the body: they are put
 * into their normal form here, before anything is compared with them.
 */
final class GivenDevices {

  private static final String ONE = "device";
  private static final String SEVERAL = "devices";

  private GivenDevices() {}

  /** The parameters of a path. */
  static Map<String, String> inPath(Map<String, String> given) {
    Map<String, String> normal = new HashMap<>(given);
    normal.computeIfPresent(ONE, (name, id) -> DeviceIds.normal(id));
    return Map.copyOf(normal);
  }

  /** The parameters of an address, or the members of a body. */
  static JsonObject in(JsonObject given) {
    if (!given.has(ONE) && !given.has(SEVERAL)) {
      return given;
    }
    Map<String, JsonValue> normal = new LinkedHashMap<>(given.members());
    normal.computeIfPresent(ONE, (name, id) -> normal(id));
    normal.computeIfPresent(
        SEVERAL,
        (name, ids) ->
            ids instanceof JsonArray list
                ? new JsonArray(list.values().stream().map(GivenDevices::normal).toList())
                : ids);
    return JsonObject.of(normal);
  }

  private static JsonValue normal(JsonValue id) {
    return id instanceof JsonString text ? new JsonString(DeviceIds.normal(text.value())) : id;
  }
}
