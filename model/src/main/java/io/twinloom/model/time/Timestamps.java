package io.twinloom.model.time;

import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Times in the form that is stored: UTC, {@code yyyy-MM-ddTHH:mm:ss.SSSSSSZ}, always 27 characters,
 * so that text order is time order. Between, a time is the microseconds since 1970; what is finer
 * is cut off, towards the past.
 */
public final class Timestamps {

  /** The earliest time that can be stored. */
  public static final String MIN = "0000-01-01T00:00:00.000000Z";

  /** The latest time that can be stored. */
  public static final String MAX = "9999-12-31T23:59:59.999999Z";

  /** An exclusive bound that every time which can be stored is before; no time itself. */
  public static final String END = "9999-12-31T23:59:60.000000Z";

  /** The names that a message may have its time under; the first that is there counts. */
  public static final List<String> NAMES = List.of("timestamp", "time", "ts");

  private static final int LENGTH = 27;
  private static final int SHORTEST_MONTH = 28;
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long MIN_MICROS = -62_167_219_200L * MICROS_PER_SECOND;
  private static final long MAX_MICROS = 253_402_300_800L * MICROS_PER_SECOND - 1;

  /** A larger number means milliseconds: as seconds it would be in the year 33658. */
  private static final BigDecimal MILLIS_ABOVE = new BigDecimal("1000000000000");

  /** No time needs more; a longer number only costs time to read. */
  private static final int MAX_NUMBER_LENGTH = 1_000;

  private Timestamps() {}

  /** Whether a value says no time at all: absent, null, or blank text. */
  public static boolean isAbsent(@Nullable JsonValue value) {
    return switch (value) {
      case null -> true;
      case JsonString text -> text.value().isBlank();
      case JsonNull ignored -> true;
      default -> false;
    };
  }

  /**
   * Reads a time in any form that devices may use: ISO 8601 with any offset (none means UTC), or a
   * number of seconds since 1970, or of milliseconds where it is greater than 10<sup>12</sup>, as a
   * number or as text.
   *
   * @return its stored form, or null where it is none of these, or not between the years 0 and 9999
   */
  public static @Nullable String read(JsonValue value) {
    return switch (value) {
      case JsonString text -> read(text.value());
      case JsonNumber number -> ofEpoch(number.text());
      default -> null;
    };
  }

  /** Reads a time from text, as {@link #read(JsonValue)} does. */
  public static @Nullable String read(String given) {
    if (isStored(given)) {
      return given;
    }
    String text = given.strip();
    if (looksLikeNumber(text)) {
      return ofEpoch(text);
    }
    try {
      return inRange(IsoTime.toEpochMicros(text));
    } catch (IsoTime.Unreadable e) {
      return null;
    }
  }

  /** An instant in stored form. */
  public static String of(Instant instant) {
    long micros =
        Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
            instant.getNano() / 1_000);
    return ofEpochMicros(micros);
  }

  /** The stored form moved on by so many microseconds; null where that cannot be stored. */
  public static @Nullable String plusMicros(String stored, long micros) {
    return inRange(toEpochMicros(stored) + micros);
  }

  /** The bound right behind a time in stored form: the next microsecond, or {@link #END}. */
  public static String after(String stored) {
    String next = plusMicros(stored, 1);
    return next == null ? END : next;
  }

  /** The last time before an exclusive bound; null where there is none. */
  public static @Nullable String before(String bound) {
    return bound.equals(END) ? MAX : plusMicros(bound, -1);
  }

  /** Whether text is a time in stored form. */
  public static boolean isStored(String text) {
    if (text.length() != LENGTH
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(19) != '.'
        || text.charAt(26) != 'Z') {
      return false;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    return year >= 0
        && month >= 1
        && month <= 12
        && day >= 1
        && (day <= SHORTEST_MONTH || day <= YearMonth.of(year, month).lengthOfMonth())
        && isBelow(24, number(text, 11, 13))
        && isBelow(60, number(text, 14, 16))
        && isBelow(60, number(text, 17, 19))
        && number(text, 20, 26) >= 0;
  }

  private static boolean isBelow(int end, int value) {
    return value >= 0 && value < end;
  }

  /** What digits alone say; -1 where there is anything else. */
  private static int number(String text, int from, int end) {
    int value = 0;
    for (int i = from; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static long toEpochMicros(String stored) {
    try {
      return IsoTime.toEpochMicros(stored);
    } catch (IsoTime.Unreadable e) {
      throw new IllegalArgumentException("not a stored time: " + stored, e);
    }
  }

  private static @Nullable String ofEpoch(String number) {
    if (number.length() > MAX_NUMBER_LENGTH) {
      return null;
    }
    try {
      BigDecimal value = new BigDecimal(number);
      // Only then is it cheap to write the number out.
      if (value.signum() != 0 && value.precision() - (long) value.scale() > 20) {
        return null;
      }
      int shift = value.compareTo(MILLIS_ABOVE) > 0 ? 3 : 6;
      if (value.precision() - (long) value.scale() < -20) {
        return inRange(value.signum() < 0 ? -1 : 0);
      }
      BigDecimal micros = value.scaleByPowerOfTen(shift).setScale(0, RoundingMode.FLOOR);
      return micros.precision() > 18 ? null : inRange(micros.longValueExact());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static boolean looksLikeNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean sign = c == '-' || c == '+';
      boolean afterExponent =
          sign && i > 0 && (text.charAt(i - 1) == 'e' || text.charAt(i - 1) == 'E');
      if (!(c >= '0' && c <= '9')
          && c != '.'
          && c != 'e'
          && c != 'E'
          && !(sign && (i == 0 || afterExponent))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static @Nullable String inRange(long micros) {
    return micros < MIN_MICROS || micros > MAX_MICROS ? null : ofEpochMicros(micros);
  }

  private static String ofEpochMicros(long micros) {
    long seconds = Math.floorDiv(micros, MICROS_PER_SECOND);
    int fraction = (int) Math.floorMod(micros, MICROS_PER_SECOND);
    long day = Math.floorDiv(seconds, 86_400L);
    int ofDay = (int) Math.floorMod(seconds, 86_400L);
    LocalDate date = LocalDate.ofEpochDay(day);
    char[] out = new char[LENGTH];
    digits(out, 0, 4, date.getYear());
    out[4] = '-';
    digits(out, 5, 2, date.getMonthValue());
    out[7] = '-';
    digits(out, 8, 2, date.getDayOfMonth());
    out[10] = 'T';
    digits(out, 11, 2, ofDay / 3600);
    out[13] = ':';
    digits(out, 14, 2, ofDay / 60 % 60);
    out[16] = ':';
    digits(out, 17, 2, ofDay % 60);
    out[19] = '.';
    digits(out, 20, 6, fraction);
    out[26] = 'Z';
    return new String(out);
  }

  private static void digits(char[] out, int at, int count, int value) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      out[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
