package io.twinloom.json;

import java.util.Iterator;
import java.util.List;

/** A JSON array; immutable. */
public record JsonArray(List<JsonValue> values) implements JsonValue, Iterable<JsonValue> {

  /** The array without elements. */
  public static final JsonArray EMPTY = new JsonArray(List.of());

  public JsonArray {
    values = List.copyOf(values);
  }

  /** An array of these values. */
  public static JsonArray of(JsonValue... values) {
    return new JsonArray(List.of(values));
  }

  /** An array of these texts. */
  public static JsonArray ofTexts(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }

  /** The texts in it, in order; anything else is left out. */
  public List<String> texts() {
    return values.stream()
        .filter(JsonString.class::isInstance)
        .map(value -> ((JsonString) value).value())
        .toList();
  }

  public int size() {
    return values.size();
  }

  @Override
  public Iterator<JsonValue> iterator() {
    return values.iterator();
  }

  @Override
  public String kind() {
    return "a list";
  }

  @Override
  public String toString() {
    return Json.text(this);
  }
}
