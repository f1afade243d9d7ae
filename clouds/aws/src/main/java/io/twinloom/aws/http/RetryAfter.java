package io.twinloom.aws.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or a time. */
final class RetryAfter {

  /** More digits are no number of seconds that anybody means. */
  private static final int MAX_DIGITS = 18;

  private RetryAfter() {}

  /** Seconds from now, 0 for a time that is over; -1 where there is none that can be read. */
  static long seconds(@Nullable String value, Instant now) {
    if (value == null) {
      return -1;
    }
    String text = value.strip();
    if (text.length() <= MAX_DIGITS && text.matches("[0-9]+")) {
      return Long.parseLong(text);
    }
    try {
      Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Math.max(0, Duration.between(now, then).toSeconds());
    } catch (DateTimeException e) {
      return -1;
    }
  }
}
