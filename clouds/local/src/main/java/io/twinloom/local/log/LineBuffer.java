package io.twinloom.local.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Builds JSON lines into one array that is used again and again. Not for several threads at once.
 * The caller sees to it that there is room: {@link #bytesFor} of every text, and {@link #FIXED} for
 * the rest.
 */
final class LineBuffer {

  /** Names, punctuation, time and numbers of one line take at most this. */
  static final int FIXED = 512;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes;
  private int length;
  private int lines;
  private long second = Long.MIN_VALUE;
  private byte[] secondText = new byte[0];

  LineBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  /** So many bytes a text takes at most, with its quotes. */
  static int bytesFor(String text) {
    return 6 * Math.min(text.length(), LogLimits.MAX_TEXT) + 8;
  }

  int length() {
    return length;
  }

  int lines() {
    return lines;
  }

  int room() {
    return bytes.length - length;
  }

  ByteBuffer content() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  void clear() {
    length = 0;
    lines = 0;
  }

  /** Takes back what was built after this length, which a whole line ended at. */
  void cut(int wholeLines) {
    length = wholeLines;
  }

  /** Starts a line with its time, to the microsecond. */
  void begin(Instant time) {
    if (time.getEpochSecond() != second) {
      second = time.getEpochSecond();
      secondText =
          Instant.ofEpochSecond(second)
              .truncatedTo(ChronoUnit.SECONDS)
              .toString()
              .replace('Z', '.')
              .getBytes(StandardCharsets.US_ASCII);
    }
    raw("{\"time\":\"");
    System.arraycopy(secondText, 0, bytes, length, secondText.length);
    length += secondText.length;
    digits(time.getNano() / 1_000, 6);
    raw("Z\"");
  }

  /** Ends the line. */
  void end() {
    bytes[length++] = '}';
    bytes[length++] = '\n';
    lines++;
  }

  /** Text that needs no escaping, as it is: names and punctuation. */
  @SuppressWarnings("deprecation") // The one copy of ASCII that takes no detour.
  void raw(String ascii) {
    ascii.getBytes(0, ascii.length(), bytes, length);
    length += ascii.length();
  }

  /** A member with a whole number. */
  void number(String rawName, int value) {
    raw(rawName);
    raw(Integer.toString(value));
  }

  /** A member with a text. */
  void member(String rawName, String value) {
    raw(rawName);
    text(value);
  }

  /** A text in quotes, cut where it is too long. */
  void text(String value) {
    bytes[length++] = '"';
    int end = Math.min(value.length(), LogLimits.MAX_TEXT);
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
        bytes[length++] = (byte) c;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < end
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        utf8(Character.toCodePoint(c, value.charAt(++i)));
      } else {
        other(c);
      }
    }
    if (end < value.length()) {
      utf8('\u2026');
    }
    bytes[length++] = '"';
  }

  private void other(char c) {
    if (c == '"' || c == '\\') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) c;
    } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
      bytes[length++] = '\\';
      bytes[length++] = 'u';
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[length++] = HEX[(c >> shift) & 0xf];
      }
    } else {
      utf8(c);
    }
  }

  private void utf8(int point) {
    if (point < 0x800) {
      bytes[length++] = (byte) (0xc0 | point >> 6);
    } else {
      if (point < 0x10000) {
        bytes[length++] = (byte) (0xe0 | point >> 12);
      } else {
        bytes[length++] = (byte) (0xf0 | point >> 18);
        bytes[length++] = (byte) (0x80 | point >> 12 & 0x3f);
      }
      bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
    }
    bytes[length++] = (byte) (0x80 | point & 0x3f);
  }

  /** A whole number that is not negative. */
  void number(long value) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    digits(value, digits);
  }

  /** Nanoseconds as milliseconds with three digits. */
  void millis(long nanos) {
    long micros = Math.max(0, nanos) / 1_000;
    number(micros / 1_000);
    bytes[length++] = '.';
    digits(micros % 1_000, 3);
  }

  private void digits(long value, int count) {
    long rest = value;
    for (int i = length + count - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }
}
