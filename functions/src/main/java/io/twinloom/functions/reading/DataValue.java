package io.twinloom.functions.reading;

import io.twinloom.functions.telemetry.PropertyTypes;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;
import java.util.Optional;

/**
 * A value as TwinMaker writes it: under a key that says its type.
 *
 * @see <a href="https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_DataValue.html">
 *     DataValue</a>
 */
public final class DataValue {

  private DataValue() {}

  /** A value under the key of its configured type, or of its own where it is not of that. */
  public static JsonObject of(Optional<DataType> configured, JsonValue value) {
    DataType type =
        configured
            .filter(t -> PropertyTypes.isOf(t, value))
            .orElseGet(() -> PropertyTypes.own(value));
    boolean nested = value instanceof JsonObject || value instanceof JsonArray;
    return JsonObject.builder()
        .put(type.valueKey(), nested ? new JsonString(Json.text(value)) : value)
        .build();
  }
}
