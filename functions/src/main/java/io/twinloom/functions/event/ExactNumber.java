package io.twinloom.functions.event;

import java.util.Optional;

/**
 * A decimal number as it was written, for comparing: {@code 1}, {@code 1.0} and {@code 10e-1} are
 * the same, and no digit is lost, however many there are. Takes time by the length of the text
 * alone: a device that writes {@code 1e999999999} causes no such calculation.
 *
 * @param sign -1, 0 or 1
 * @param digits from the first that is not 0 to the last; empty for 0
 * @param exponent of ten by which 0.DIGITS is multiplied
 */
record ExactNumber(int sign, String digits, long exponent) implements Comparable<ExactNumber> {

  /** A larger exponent has more digits than a long can be sure to hold. */
  private static final int MAX_EXPONENT_DIGITS = 18;

  private static final ExactNumber ZERO = new ExactNumber(0, "", 0);

  /**
   * Reads a number by the grammar of RFC 8259, section 6, or as {@link java.math.BigDecimal} writes
   * one; empty where its exponent has more than 18 digits.
   */
  static Optional<ExactNumber> of(String text) {
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    String mantissa = e < 0 ? text : text.substring(0, e);
    boolean negative = mantissa.startsWith("-");
    String unsigned = negative || mantissa.startsWith("+") ? mantissa.substring(1) : mantissa;
    int dot = unsigned.indexOf('.');
    String all = dot < 0 ? unsigned : unsigned.substring(0, dot) + unsigned.substring(dot + 1);
    int first = 0;
    while (first < all.length() && all.charAt(first) == '0') {
      first++;
    }
    if (first == all.length()) {
      return Optional.of(ZERO);
    }
    int last = all.length();
    while (all.charAt(last - 1) == '0') {
      last--;
    }
    long whole = (dot < 0 ? unsigned.length() : dot) - (long) first;
    String digits = all.substring(first, last);
    return exponent(e < 0 ? "" : text.substring(e + 1))
        .map(shift -> new ExactNumber(negative ? -1 : 1, digits, whole + shift));
  }

  private static Optional<Long> exponent(String text) {
    int first = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    while (first < text.length() && text.charAt(first) == '0') {
      first++;
    }
    if (first == text.length()) {
      return Optional.of(0L);
    }
    if (text.length() - first > MAX_EXPONENT_DIGITS) {
      return Optional.empty();
    }
    long size = Long.parseLong(text.substring(first));
    return Optional.of(text.startsWith("-") ? -size : size);
  }

  @Override
  public int compareTo(ExactNumber other) {
    if (sign != other.sign) {
      return Integer.compare(sign, other.sign);
    }
    int size =
        exponent != other.exponent
            ? Long.compare(exponent, other.exponent)
            : digits.compareTo(other.digits);
    return sign * size;
  }
}
