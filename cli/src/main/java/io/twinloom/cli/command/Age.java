package io.twinloom.cli.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** How long ago something was, in the largest unit that fits. */
final class Age {

  private Age() {}

  /**
   * The age in words, such as {@code 3 s ago}; of what is to come, {@code in 2 d}.
   *
   * @param time ISO 8601; anything else is given back as it is
   */
  static String of(String time, Instant now) {
    try {
      Duration age = Duration.between(Instant.parse(time), now);
      return age.isNegative() && age.toSeconds() != 0
          ? "in " + words(age.negated())
          : words(age.abs()) + " ago";
    } catch (DateTimeException e) {
      return time;
    }
  }

  private static String words(Duration age) {
    if (age.toDays() > 0) {
      return age.toDays() + " d";
    }
    if (age.toHours() > 0) {
      return age.toHours() + " h";
    }
    return age.toMinutes() > 0 ? age.toMinutes() + " min" : age.toSeconds() + " s";
  }
}
