package io.twinloom.deployer.control.codec;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Reads members of JSON objects that this product wrote; what is absent is empty. */
final class Members {

  private Members() {}

  static String text(JsonObject json, String name) {
    return json.text(name).orElse("");
  }

  static long number(JsonObject json, String name) {
    return json.get(name) instanceof JsonNumber n ? n.asDecimal().longValue() : 0;
  }

  static boolean flag(JsonObject json, String name) {
    return json.get(name) == JsonBoolean.TRUE;
  }

  /** The objects of a list, read one by one. */
  static <T> List<T> list(JsonObject json, String name, Function<JsonObject, T> reading) {
    List<T> all = new ArrayList<>();
    for (JsonValue value : json.array(name).orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject one) {
        all.add(reading.apply(one));
      }
    }
    return all;
  }

  static List<String> texts(JsonObject json, String name) {
    return json.array(name).orElse(JsonArray.EMPTY).texts();
  }

  static <T> JsonArray array(List<T> all, Function<T, JsonObject> writing) {
    return new JsonArray(all.stream().<JsonValue>map(writing).toList());
  }

  /**
   * The cloud of an id.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Provider provider(JsonObject json, String name) {
    String id = text(json, name);
    return Provider.of(id).orElseThrow(() -> new IllegalArgumentException("no cloud " + id));
  }

  /**
   * The layer of a title.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Layer layer(JsonObject json, String name) {
    String title = text(json, name);
    return Arrays.stream(Layer.values())
        .filter(layer -> layer.title().equals(title))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no layer " + title));
  }
}
