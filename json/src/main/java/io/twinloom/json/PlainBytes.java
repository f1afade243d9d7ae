package io.twinloom.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a run of plain characters eight bytes at a time: most of a message, and nearly
 * all of a chunk, are such runs.
 *
 * @see <a href="https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord">Bit Twiddling
 *     Hacks, "Determine if a word has a byte less than n"</a>
 */
final class PlainBytes {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long BLANKS = ONES * ' ';
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private PlainBytes() {}

  /**
   * The first byte, from {@code from} on and before {@code to}, that does not stand for itself
   * within a JSON text: a quote, a backslash, a control character, or part of a character of
   * several bytes; {@code to} where there is none.
   */
  static int end(byte[] bytes, int from, int to) {
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long word = (long) WORD.get(bytes, i);
      // A borrow can only mark bytes behind one that is marked rightly, so the first is exact.
      long found = (word | less(word) | none(word ^ QUOTES) | none(word ^ BACKSLASHES)) & HIGHS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (i < to && isPlain(bytes[i])) {
      i++;
    }
    return i;
  }

  /** Whether all are below 128. */
  static boolean areAscii(byte[] bytes) {
    int i = 0;
    long all = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      all |= (long) WORD.get(bytes, i);
    }
    for (; i < bytes.length; i++) {
      all |= bytes[i];
    }
    return (all & HIGHS) == 0;
  }

  /** Whether one of them is this ASCII character. */
  static boolean have(byte[] bytes, char character) {
    long sought = ONES * character;
    int i = 0;
    for (; i <= bytes.length - Long.BYTES; i += Long.BYTES) {
      if ((none((long) WORD.get(bytes, i) ^ sought) & HIGHS) != 0) {
        return true;
      }
    }
    while (i < bytes.length && bytes[i] != character) {
      i++;
    }
    return i < bytes.length;
  }

  private static boolean isPlain(byte one) {
    return one >= ' ' && one != '"' && one != '\\';
  }

  private static long less(long word) {
    return (word - BLANKS) & ~word;
  }

  private static long none(long word) {
    return (word - ONES) & ~word;
  }
}
