package io.twinloom.functions.telemetry;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitrary JSON, and arbitrary messages of the device {@code press-1}. */
public final class Messages {

  private Messages() {}

  private static final Arbitrary<String> TEXTS =
      Arbitraries.strings()
          .withCharRange('\u0000', '\ud7ff')
          .withCharRange('\ue000', '\uffff')
          .ofMaxLength(12)
          .map(text -> text.length() % 3 == 0 ? text + "\ud83d\ude00" : text);

  private static final Arbitrary<JsonValue> SCALARS =
      Arbitraries.oneOf(
          TEXTS.map(JsonString::new),
          Arbitraries.bigDecimals().map(n -> new JsonNumber(n.toString())),
          Arbitraries.longs().map(JsonNumber::of),
          Arbitraries.of(JsonBoolean.TRUE, JsonBoolean.FALSE, JsonNull.NULL));

  /** Any JSON value, nested at most three deep. */
  public static Arbitrary<JsonValue> values() {
    return nested(3).withoutEdgeCases();
  }

  /** Any object. */
  public static Arbitrary<JsonObject> objects() {
    return object(nested(2)).withoutEdgeCases();
  }

  /** A message that the dispatcher accepts, in any of the accepted spellings. */
  public static Arbitrary<JsonObject> accepted() {
    Arbitrary<JsonObject> content =
        object(nested(2)).withoutEdgeCases().map(Messages::withoutSystemFields);
    Arbitrary<String> deviceName =
        Arbitraries.of("device_id", "iotDeviceId", "deviceId", "IoTDeviceId", "");
    Arbitrary<String> timeName = Arbitraries.of("timestamp", "time", "ts", "");
    Arbitrary<JsonValue> times =
        Arbitraries.of(
            new JsonString("2026-01-02T03:04:05.678901234+05:30"),
            new JsonString("1767225600"),
            new JsonNumber("1767225600.25"),
            new JsonNumber("1767225600123"));
    return Combinators.combine(content, deviceName, timeName, times)
        .as(
            (object, device, time, value) -> {
              JsonObject.Builder message = object.toBuilder();
              if (!device.isEmpty()) {
                message.put(device, "press-1");
              }
              if (!time.isEmpty()) {
                message.put(time, value);
              }
              return message.build();
            })
        .withoutEdgeCases();
  }

  private static JsonObject withoutSystemFields(JsonObject object) {
    JsonObject.Builder rest = object.toBuilder();
    for (String name :
        List.of("device_id", "iotDeviceId", "deviceId", "IoTDeviceId", "timestamp", "time", "ts")) {
      rest.remove(name);
    }
    return rest.build();
  }

  private static Arbitrary<JsonValue> nested(int depth) {
    if (depth == 0) {
      return SCALARS;
    }
    Arbitrary<JsonValue> inner = nested(depth - 1);
    return Arbitraries.oneOf(
        SCALARS, inner.list().ofMaxSize(3).map(JsonArray::new), object(inner).map(o -> o));
  }

  private static Arbitrary<JsonObject> object(Arbitrary<JsonValue> values) {
    return Arbitraries.maps(TEXTS, values)
        .ofMaxSize(4)
        .map(
            members -> {
              Map<String, JsonValue> ordered = new LinkedHashMap<>(members);
              return JsonObject.of(ordered);
            });
  }
}
