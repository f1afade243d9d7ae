package io.twinloom.cli.terminal;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many columns of a terminal a text takes: a character of East Asian scripts and an emoji take
 * two, a mark that is drawn onto the character before it takes none.
 *
 * @see <a href="https://www.unicode.org/reports/tr11/">Unicode Standard Annex 11, East Asian
 *     Width</a>
 */
public final class Columns {

  /** What is drawn as one character, however many code points it is made of. */
  private static final Pattern DRAWN = Pattern.compile("\\X");

  /** Asks for the colourful form of the character before it. */
  private static final int EMOJI_VARIATION = 0xFE0F;

  private static final int SOFT_HYPHEN = 0x00AD;

  /** What follows the first letter of a Korean syllable stands in its square. */
  private static final int FIRST_JAMO_VOWEL = 0x1160;

  private static final int LAST_JAMO_FINAL = 0x11FF;

  /** First and last code points that the annex calls wide or fullwidth, emoji aside. */
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x2329, 0x232A, 0x2E80, 0x303E, 0x3041, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97F,
    0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19, 0xFE30, 0xFE6F, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6,
    0x16FE0, 0x18DFF, 0x1AFF0, 0x1B2FF, 0x1F200, 0x1F2FF, 0x20000, 0x3FFFD
  };

  private Columns() {}

  /** The columns that a text without colours takes. */
  public static int of(String text) {
    int columns = 0;
    Matcher drawn = DRAWN.matcher(text);
    while (drawn.find()) {
      columns += ofOne(drawn.group());
    }
    return columns;
  }

  private static int ofOne(String drawn) {
    return drawn.codePoints().anyMatch(Columns::isEmoji)
        ? 2
        : drawn.codePoints().map(Columns::of).sum();
  }

  private static boolean isEmoji(int character) {
    return character == EMOJI_VARIATION || Character.isEmojiPresentation(character);
  }

  private static int of(int character) {
    int at = Arrays.binarySearch(WIDE, character);
    // Between a first and a last one the place to insert is odd.
    if (at >= 0 || -at % 2 == 0) {
      return 2;
    }
    return isDrawnOntoOthers(character) ? 0 : 1;
  }

  private static boolean isDrawnOntoOthers(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT && character != SOFT_HYPHEN
        || character >= FIRST_JAMO_VOWEL && character <= LAST_JAMO_FINAL;
  }

  /** The text with blanks behind it, so that it takes at least so many columns. */
  public static String left(String text, int columns) {
    return text + blanks(text, columns);
  }

  /** The text with blanks before it, so that it takes at least so many columns. */
  public static String right(String text, int columns) {
    return blanks(text, columns) + text;
  }

  private static String blanks(String text, int columns) {
    return " ".repeat(Math.max(0, columns - of(text)));
  }

  /** As many whole characters from the beginning of a text as have room in so many columns. */
  public static String first(String text, int columns) {
    int used = 0;
    Matcher drawn = DRAWN.matcher(text);
    while (drawn.find()) {
      used += ofOne(drawn.group());
      if (used > columns) {
        return text.substring(0, drawn.start());
      }
    }
    return text;
  }
}
