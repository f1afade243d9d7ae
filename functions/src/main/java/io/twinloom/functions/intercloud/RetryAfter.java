package io.twinloom.functions.intercloud;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The header {@code Retry-After}: seconds, or a time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.retry-after">RFC 9110, 10.2.3</a>
 */
final class RetryAfter {

  /** Of a larger number of seconds, a long has no room for every one. */
  private static final int MAX_DIGITS = 18;

  private RetryAfter() {}

  /** Seconds from now, 0 for a time in the past; -1 where there is none that can be read. */
  static long seconds(Optional<String> header, Instant now) {
    return header.map(value -> seconds(value.strip(), now)).orElse(-1L);
  }

  private static long seconds(String text, Instant now) {
    if (!text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
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
