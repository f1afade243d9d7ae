package io.twinloom.model.trace;

import java.util.Locale;

/**
 * The id of a trace: a UUID, which without its hyphens is a trace id of the W3C's Trace Context.
 */
public final class TraceId {

  private static final int LENGTH = 36;
  private static final int DIGITS = 32;

  /** Where the parts of a UUID end. */
  private static final int[] HYPHENS = {8, 13, 18, 23};

  private TraceId() {}

  /** Whether text is such an id: a UUID that is not all zeros. */
  public static boolean isValid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    boolean other = false;
    int hyphen = 0;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if (hyphen < HYPHENS.length && i == HYPHENS[hyphen]) {
        hyphen++;
        if (c != '-') {
          return false;
        }
      } else if (!isHexadecimal(c)) {
        return false;
      } else {
        other |= c != '0';
      }
    }
    return other;
  }

  /** Of ASCII alone. */
  private static boolean isHexadecimal(int c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  /** The 32 hexadecimal digits that the W3C has for an id. */
  public static String w3c(String id) {
    return id.replace("-", "").toLowerCase(Locale.ROOT);
  }

  /** An id as envelopes and logs have it; what is not 32 hexadecimal digits stays as it is. */
  public static String ofW3c(String given) {
    if (given.length() != DIGITS || !given.chars().allMatch(TraceId::isHexadecimal)) {
      return given;
    }
    StringBuilder id = new StringBuilder(given.toLowerCase(Locale.ROOT));
    for (int hyphen : HYPHENS) {
      id.insert(hyphen, '-');
    }
    return id.toString();
  }
}
