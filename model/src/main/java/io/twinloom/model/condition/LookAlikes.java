package io.twinloom.model.condition;

import io.twinloom.model.text.Printable;
import java.util.Map;

/**
 * Characters that a condition gets by being pasted: those that look like one that it is written
 * with, and those that cannot be seen.
 */
final class LookAlikes {

  private static final Map<Integer, String> MEANT =
      Map.ofEntries(
          Map.entry(0x2264, "<="),
          Map.entry(0x2A7D, "<="),
          Map.entry(0x2265, ">="),
          Map.entry(0x2A7E, ">="),
          Map.entry(0x2260, "!="),
          Map.entry(0x2010, "-"),
          Map.entry(0x2011, "-"),
          Map.entry(0x2012, "-"),
          Map.entry(0x2013, "-"),
          Map.entry(0x2014, "-"),
          Map.entry(0x2212, "-"),
          Map.entry(0xFF08, "("),
          Map.entry(0xFF09, ")"),
          Map.entry(0xFF0D, "-"),
          Map.entry(0xFF0E, "."),
          Map.entry(0xFF1C, "<"),
          Map.entry(0xFF1D, "="),
          Map.entry(0xFF1E, ">"),
          Map.entry(0xFF06, "&"),
          Map.entry(0xFF5C, "|"));

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private LookAlikes() {}

  /** Whether a character stands between words: blanks of any kind. */
  static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /**
   * Refuses a word with a character that cannot be seen; the two that some scripts spell words with
   * are left to {@link #refuse}.
   *
   * @param column that of the word's first character
   */
  static void refuseUnseen(String word, int column) throws ConditionException {
    for (int i = 0; i < word.length(); ) {
      int c = word.codePointAt(i);
      if (!Printable.isVisible(c) && c != ZERO_WIDTH_NON_JOINER && c != ZERO_WIDTH_JOINER) {
        throw unseen(c, column + i);
      }
      i += Character.charCount(c);
    }
  }

  /** Refuses a word that means nothing, by the first character of it that was likely not meant. */
  static void refuse(String word, int column) throws ConditionException {
    for (int i = 0; i < word.length(); ) {
      int c = word.codePointAt(i);
      String meant = MEANT.get(c);
      if (meant != null) {
        throw ConditionParser.syntax(
            column + i,
            Printable.named(c) + " stands here, which looks like \"" + meant + "\"",
            "Write \"" + meant + "\" in its place.");
      }
      if (!Printable.isVisible(c)) {
        throw unseen(c, column + i);
      }
      i += Character.charCount(c);
    }
  }

  private static ConditionException unseen(int c, int column) {
    return ConditionParser.syntax(
        column, Printable.named(c) + " stands here, which cannot be seen", "Delete it.");
  }
}
