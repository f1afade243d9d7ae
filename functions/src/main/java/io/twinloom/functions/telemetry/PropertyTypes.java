package io.twinloom.functions.telemetry;

import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.DataType;

/** Whether values are of the types that a project gives its properties. */
public final class PropertyTypes {

  private static final int LONG_DIGITS = 19;

  private PropertyTypes() {}

  /**
   * Whether a value is of a type: any number is a DOUBLE; one that is written whole is an INTEGER
   * or LONG where it fits into 32 or 64 bits.
   */
  public static boolean isOf(DataType type, JsonValue value) {
    return switch (type) {
      case DOUBLE -> value instanceof JsonNumber;
      case INTEGER ->
          value instanceof JsonNumber n && fits(n, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> value instanceof JsonNumber n && fits(n, Long.MIN_VALUE, Long.MAX_VALUE);
      case STRING -> value instanceof JsonString;
      case BOOLEAN -> value instanceof JsonBoolean;
    };
  }

  /** The type that a value has by itself; what is neither number nor truth value counts as text. */
  public static DataType own(JsonValue value) {
    return switch (value) {
      case JsonNumber n when isOf(DataType.INTEGER, n) -> DataType.INTEGER;
      case JsonNumber n when isOf(DataType.LONG, n) -> DataType.LONG;
      case JsonNumber ignored -> DataType.DOUBLE;
      case JsonBoolean ignored -> DataType.BOOLEAN;
      default -> DataType.STRING;
    };
  }

  private static boolean fits(JsonNumber number, long min, long max) {
    if (!number.isWhole() || number.text().length() > LONG_DIGITS + 1) {
      return false;
    }
    try {
      long value = Long.parseLong(number.text());
      return value >= min && value <= max;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
