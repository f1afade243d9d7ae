package io.twinloom.model.time;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads ISO 8601 by hand: a date, or a date and a time of at least hours and minutes, extended or
 * basic, with any offset. Not read: week and ordinal dates, years beyond four digits, the 24th hour
 * and leap seconds, which no two clouds count alike.
 */
final class IsoTime {

  /** Text that is not such a time. Preallocated: it says nothing but that. */
  static final class Unreadable extends Exception {
    static final Unreadable INSTANCE = new Unreadable();

    private Unreadable() {
      super("not ISO 8601", null, false, false);
    }
  }

  private final String text;
  private int at;

  private IsoTime(String text) {
    this.text = text;
  }

  /** Microseconds since 1970; finer digits are cut off. */
  static long toEpochMicros(String text) throws Unreadable {
    return new IsoTime(text).read();
  }

  private long read() throws Unreadable {
    int year = digits(4);
    boolean extendedDate = skip('-');
    int month = digits(2);
    if (extendedDate) {
      expect('-');
    }
    long day = epochDay(year, month, digits(2));
    if (atEnd()) {
      return micros(day, 0, 0, 0, 0);
    }
    if (!skip('T') && !skip('t')) {
      expect(' ');
    }
    int hour = digits(2);
    boolean extendedTime = skip(':');
    int minute = digits(2);
    int second = 0;
    int fraction = 0;
    if (extendedTime ? skip(':') : isDigit()) {
      second = digits(2);
      if (skip('.') || skip(',')) {
        fraction = fraction();
      }
    }
    int offset = offsetMinutes();
    if (!atEnd() || hour > 23 || minute > 59 || second > 59) {
      throw Unreadable.INSTANCE;
    }
    return micros(day, hour, minute - offset, second, fraction);
  }

  private static long micros(long day, int hour, int minute, int second, int fraction) {
    return ((day * 24 + hour) * 60 + minute) * 60_000_000L + second * 1_000_000L + fraction;
  }

  private static long epochDay(int year, int month, int day) throws Unreadable {
    try {
      return LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      throw Unreadable.INSTANCE;
    }
  }

  private int fraction() throws Unreadable {
    int value = 0;
    int count = 0;
    while (isDigit()) {
      if (count < 6) {
        value = value * 10 + (text.charAt(at) - '0');
      }
      count++;
      at++;
    }
    if (count == 0) {
      throw Unreadable.INSTANCE;
    }
    for (int i = count; i < 6; i++) {
      value *= 10;
    }
    return value;
  }

  private int offsetMinutes() throws Unreadable {
    if (atEnd() || skip('Z') || skip('z')) {
      return 0;
    }
    boolean west = skip('-');
    if (!west) {
      expect('+');
    }
    int hours = digits(2);
    int minutes = skip(':') || isDigit() ? digits(2) : 0;
    if (hours > 23 || minutes > 59) {
      throw Unreadable.INSTANCE;
    }
    int total = hours * 60 + minutes;
    return west ? -total : total;
  }

  private int digits(int count) throws Unreadable {
    int value = 0;
    for (int i = 0; i < count; i++) {
      if (!isDigit()) {
        throw Unreadable.INSTANCE;
      }
      value = value * 10 + (text.charAt(at) - '0');
      at++;
    }
    return value;
  }

  private boolean isDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private boolean skip(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) throws Unreadable {
    if (!skip(c)) {
      throw Unreadable.INSTANCE;
    }
  }

  private boolean atEnd() {
    return at == text.length();
  }
}
