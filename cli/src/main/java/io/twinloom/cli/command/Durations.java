package io.twinloom.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Durations as people type them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 1d}.
 */
public final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|d)");

  private Durations() {}

  /** A duration as {@link #parse} reads it, in the largest unit that it is whole in. */
  public static String text(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : List.of("d", "h", "m", "s")) {
      long length = millis(unit);
      if (millis > 0 && millis % length == 0) {
        return millis / length + unit;
      }
    }
    return millis + "ms";
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }

  /**
   * Reads a duration.
   *
   * @throws TypeConversionException if it is none: bad usage
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration; write it as 500ms, 30s, 5m, 2h or 1d");
    }
    double millis = Double.parseDouble(matcher.group(1)) * millis(matcher.group(2));
    return Duration.ofMillis(Math.round(millis));
  }
}
