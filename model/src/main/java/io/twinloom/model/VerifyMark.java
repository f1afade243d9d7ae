package io.twinloom.model;

import io.twinloom.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What marks a measurement of {@code verify}: it goes a measurement's way, and is none. Its id says
 * how long it is waited for. From then on every function drops it, since nobody would remove what
 * is stored, or what fails, afterwards.
 */
public final class VerifyMark {

  /** The member that marks a measurement; its value distinguishes this one from others. */
  public static final String MEMBER = "_verify";

  /** Sixteen hexadecimal digits and the end, in milliseconds since 1970. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}-(\\d{1,18})");

  private VerifyMark() {}

  /**
   * The id of a mark.
   *
   * @param random distinguishes it from others
   * @param end when its measurement is no longer waited for
   */
  public static String id(long random, Instant end) {
    return String.format(Locale.ROOT, "%016x-%d", random, end.toEpochMilli());
  }

  /** Whether a measurement is marked. */
  public static boolean isOn(JsonObject measurement) {
    return measurement.has(MEMBER);
  }

  /**
   * Whether a measurement is marked and nobody waits for it any more. An id of another form, which
   * another implementation may give, has no end.
   */
  public static boolean isLate(JsonObject measurement, Instant now) {
    return measurement
        .text(MEMBER)
        .map(ID::matcher)
        .filter(Matcher::matches)
        .map(id -> now.toEpochMilli() > Long.parseLong(id.group(1)))
        .orElse(false);
  }
}
