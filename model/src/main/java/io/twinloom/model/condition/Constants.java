package io.twinloom.model.condition;

import io.twinloom.model.text.Printable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads the constants of conditions. */
final class Constants {

  /** More digits or a larger exponent than any measurement has would only cost time. */
  private static final int MAX_NUMBER_LENGTH = 64;

  private static final int MAX_EXPONENT = 9_999;

  private Constants() {}

  static BigDecimal number(String type, String value, int column) throws ConditionException {
    BigDecimal number = decimal(value);
    if (number == null) {
      LookAlikes.refuse(value, column);
      throw ConditionParser.syntax(
          column,
          Printable.quoted(value, 40) + " is not a number",
          "Write " + (type.equals("DOUBLE") ? "DOUBLE(30.5)" : "INTEGER(3)") + ".");
    }
    if (type.equals("INTEGER") && number.stripTrailingZeros().scale() > 0) {
      throw ConditionParser.syntax(
          column,
          Printable.quoted(value) + " is not a whole number",
          "Write DOUBLE(" + value + ").");
    }
    return number;
  }

  static boolean truth(String value, int column) throws ConditionException {
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw ConditionParser.syntax(
        column,
        Printable.quoted(value, 40) + " is neither true nor false",
        "Write BOOLEAN(true) or BOOLEAN(false).");
  }

  /** Refuses a constant that lacks its type, saying how it is written. */
  static void refuseBare(String word, int column) throws ConditionException {
    BigDecimal number = decimal(word);
    char first = word.charAt(0);
    String typed =
        number != null
            ? (number.scale() > 0 ? "DOUBLE(" : "INTEGER(") + word + ")"
            : word.equals("true") || word.equals("false")
                ? "BOOLEAN(" + word + ")"
                : first == '"' || first == '\'' ? "STRING(text), without quotation marks" : "";
    if (!typed.isEmpty()) {
      throw ConditionParser.syntax(
          column,
          "the constant " + Printable.cut(word, 40) + " has no type",
          "Write " + typed + ".");
    }
  }

  private static @Nullable BigDecimal decimal(String value) {
    if (value.isEmpty() || value.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    for (int i = 0; i < value.length(); i++) {
      // BigDecimal would take the digits of other scripts too.
      if ("0123456789+-.eE".indexOf(value.charAt(i)) < 0) {
        return null;
      }
    }
    try {
      BigDecimal number = new BigDecimal(value);
      return Math.abs((long) number.scale()) > MAX_EXPONENT ? null : number;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
