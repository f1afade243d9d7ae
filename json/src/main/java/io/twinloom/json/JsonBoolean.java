package io.twinloom.json;

/** A JSON truth value. */
public enum JsonBoolean implements JsonValue {
  TRUE(true),
  FALSE(false);

  private final boolean value;

  JsonBoolean(boolean value) {
    this.value = value;
  }

  /** The constant for a Java truth value. */
  public static JsonBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  public boolean value() {
    return value;
  }

  @Override
  public String kind() {
    return "true or false";
  }

  @Override
  public String toString() {
    return Boolean.toString(value);
  }
}
