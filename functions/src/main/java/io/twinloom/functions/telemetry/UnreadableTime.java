package io.twinloom.functions.telemetry;

import io.twinloom.functions.error.Quoted;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.util.regex.Pattern;

/** What is said of a value that should be a time, and is none. */
final class UnreadableTime {

  private static final int MICROSECONDS = 16;
  private static final int NANOSECONDS = 19;
  private static final int LONGEST = 40;
  private static final Pattern TIME_OF_DAY =
      Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?( ?[aApP][mM])?");

  private UnreadableTime() {}

  /** The value, shortened, and what it may have been meant as. */
  static String shown(JsonValue value) {
    return switch (value) {
      case JsonNumber number -> shortened(number.text()) + digits(number.text());
      case JsonString text -> Quoted.name(text.value()) + meant(text.value().strip());
      default -> value.kind() + ", no point in time";
    };
  }

  private static String meant(String text) {
    if (TIME_OF_DAY.matcher(text).matches()) {
      return ", a time of day without a date, no point in time";
    }
    String digits = digits(text);
    return digits.isEmpty() ? ", no point in time" : digits;
  }

  private static String digits(String text) {
    if (!text.matches("\\d+")) {
      return "";
    }
    String unit =
        text.length() >= NANOSECONDS
            ? "nanoseconds?"
            : text.length() >= MICROSECONDS ? "microseconds?" : "too many for a time";
    return " (" + text.length() + " digits: " + unit + "); seconds or milliseconds are read";
  }

  private static String shortened(String number) {
    return number.length() > LONGEST ? number.substring(0, LONGEST) + "…" : number;
  }
}
