package io.twinloom.json;

import java.math.BigDecimal;

/**
 * A JSON number, kept as the text it was written in: {@code 1.0}, {@code 1} and {@code 1e0} are
 * three different texts of one value.
 *
 * @param text a number by the grammar of RFC 8259, section 6
 */
public record JsonNumber(String text) implements JsonValue {

  /** The number that a whole value is written as. */
  public static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /**
   * The number that a decimal value is written as.
   *
   * @throws IllegalArgumentException if the value is not finite, which JSON cannot write
   */
  public static JsonNumber of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("JSON has no number for " + value);
    }
    return new JsonNumber(Double.toString(value));
  }

  /** Whether it is written without fraction and exponent. */
  public boolean isWhole() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  /** The nearest double, as {@link Double#parseDouble(String)} gives it. */
  public double asDouble() {
    return Double.parseDouble(text);
  }

  /** The exact value. */
  public BigDecimal asDecimal() {
    return new BigDecimal(text);
  }

  @Override
  public String kind() {
    return "a number";
  }

  @Override
  public String toString() {
    return text;
  }
}
