package io.twinloom.json;

/** A JSON value (RFC 8259). Equality is by content; numbers are equal when written alike. */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /** What kind of value this is, in the words of an error message: "a number", "an object". */
  String kind();
}
