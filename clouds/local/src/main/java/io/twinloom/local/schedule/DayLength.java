package io.twinloom.local.schedule;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * How long a day of the local clouds lasts. With a short one, schedules come sooner and items grow
 * old sooner, though the functions count in days as everywhere: they are given a present which is
 * as many days on as makes the difference.
 *
 * @param day more than nothing, at most a real day
 */
public record DayLength(Duration day) {

  private static final Duration REAL = Duration.ofDays(1);

  /** A day as it is. */
  public static final DayLength ONE_DAY = new DayLength(REAL);

  public DayLength {
    if (day.compareTo(Duration.ofMillis(1)) < 0 || day.compareTo(REAL) > 0) {
      throw new IllegalArgumentException("a day of " + day);
    }
  }

  /** Whether it is a day as it is. */
  public boolean isReal() {
    return day.equals(REAL);
  }

  /** What the calendar of such days shows at an instant. */
  Instant calendar(Instant instant) {
    return Instant.ofEpochMilli(scaled(instant.toEpochMilli(), REAL.toMillis(), day.toMillis()));
  }

  /** When the calendar shows this. */
  Instant instant(Instant calendar) {
    return Instant.ofEpochMilli(scaled(calendar.toEpochMilli(), day.toMillis(), REAL.toMillis()));
  }

  /**
   * The present that a function has to be given, so that so many real days before it are so many
   * days of this length before {@code now}.
   */
  public Instant toldTo(Instant now, int days) {
    return now.plus(REAL.minus(day).multipliedBy(days));
  }

  private static long scaled(long millis, long times, long by) {
    return BigInteger.valueOf(millis)
        .multiply(BigInteger.valueOf(times))
        .divide(BigInteger.valueOf(by))
        .longValueExact();
  }
}
