package io.twinloom.json;

/** A JSON text. */
public record JsonString(String value) implements JsonValue {
  @Override
  public String kind() {
    return "a text";
  }

  @Override
  public String toString() {
    return Json.text(this);
  }
}
