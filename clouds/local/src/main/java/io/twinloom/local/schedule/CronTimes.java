package io.twinloom.local.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.IntPredicate;

/**
 * The times of a cron expression of five fields, in UTC. A field is {@code *}, a number, or {@code
 * *}{@code /n}: the topology's timetable has no others, so no library is carried along for them.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/crontab.5.html">crontab(5)</a>
 */
final class CronTimes {

  /** No expression that ever matches waits longer: the next 29th of February. */
  private static final int MAX_DAYS = 8 * 366;

  private final IntPredicate minutes;
  private final IntPredicate hours;
  private final IntPredicate days;
  private final IntPredicate months;
  private final IntPredicate weekdays;

  private CronTimes(String[] fields) {
    this.minutes = field(fields[0], 0, 59);
    this.hours = field(fields[1], 0, 23);
    this.days = field(fields[2], 1, 31);
    this.months = field(fields[3], 1, 12);
    this.weekdays = field(fields[4], 0, 6);
  }

  /**
   * @throws IllegalArgumentException if it is no such expression
   */
  static CronTimes of(String expression) {
    String[] fields = expression.strip().split("\\s+");
    if (fields.length != 5) {
      throw new IllegalArgumentException("not five fields: " + expression);
    }
    return new CronTimes(fields);
  }

  private static IntPredicate field(String text, int least, int most) {
    if (text.equals("*")) {
      return value -> true;
    }
    boolean step = text.startsWith("*/");
    int number = Integer.parseInt(step ? text.substring(2) : text);
    if (number < (step ? 1 : least) || number > most) {
      throw new IllegalArgumentException("not from " + least + " to " + most + ": " + text);
    }
    return step ? value -> (value - least) % number == 0 : value -> value == number;
  }

  /**
   * The first time after an instant.
   *
   * @throws IllegalArgumentException if there is none
   */
  Instant after(Instant instant) {
    LocalDateTime time =
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
            .truncatedTo(ChronoUnit.MINUTES)
            .plusMinutes(1);
    LocalDateTime end = time.plusDays(MAX_DAYS);
    while (time.isBefore(end)) {
      if (!isDay(time)) {
        time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
      } else if (!hours.test(time.getHour())) {
        time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
      } else if (!minutes.test(time.getMinute())) {
        time = time.plusMinutes(1);
      } else {
        return time.toInstant(ZoneOffset.UTC);
      }
    }
    throw new IllegalArgumentException("there is no such day");
  }

  private boolean isDay(LocalDateTime time) {
    return months.test(time.getMonthValue())
        && days.test(time.getDayOfMonth())
        && weekdays.test(time.getDayOfWeek().getValue() % 7);
  }
}
