package io.twinloom.json;

/** The JSON value null. */
public enum JsonNull implements JsonValue {
  NULL;

  @Override
  public String kind() {
    return "null";
  }

  @Override
  public String toString() {
    return "null";
  }
}
