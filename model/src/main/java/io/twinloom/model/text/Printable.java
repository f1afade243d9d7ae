package io.twinloom.model.text;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Text from outside as people may be shown it.
 *
 * <p>In a message that repeats an input, {@link #visible} leaves no character that cannot be seen
 * or distinguished from another one; {@link #quoted} also cuts it and puts it into quotation marks.
 * What only passes through, such as a printed line or a stored value, keeps its characters by
 * {@link #line} and {@link #lines}, except for those that would steer a terminal.
 *
 * <p>An escaped character is written {@code \n}, {@code \r}, {@code \t}, {@code \x1b} below U+0100,
 * {@code &#92;u200b} below U+10000, and <code>&#92;u{1f600}</code> beyond. Nothing can be read back
 * from that: a backslash is left as it is.
 */
public final class Printable {

  /** How many characters {@link #quoted(String)} shows. */
  public static final int MAX_QUOTED = 60;

  private Printable() {}

  /**
   * The text with everything escaped but printable, composed characters: control and formatting
   * characters, blanks other than the space, halves of surrogate pairs, what Unicode does not
   * assign, and combining marks that have nothing to combine with or would be one character with
   * it.
   */
  public static String visible(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    int before = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      append(shown, c, isVisible(c) && (!isMark(c) || stays(before, c)));
      before = c;
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  /** The text in quotation marks, {@link #visible} and cut to {@value #MAX_QUOTED} characters. */
  public static String quoted(String text) {
    return quoted(text, MAX_QUOTED);
  }

  /** The same with another limit, in Unicode characters of the text. */
  public static String quoted(String text, int max) {
    return "\"" + cut(text, max) + "\"";
  }

  /** The text {@link #visible} and, where it has more Unicode characters than this, cut. */
  public static String cut(String text, int max) {
    if (text.length() <= max || text.codePointCount(0, text.length()) <= max) {
      return visible(text);
    }
    return visible(text.substring(0, text.offsetByCodePoints(0, max))) + "…";
  }

  /**
   * The text as one line for a terminal: line ends and what else would move its cursor, change its
   * state or turn the direction of writing are escaped, everything else stays.
   */
  public static String line(String text) {
    return terminal(text, false);
  }

  /** The text for a terminal, as {@link #line} has it, with its line feeds and tabs. */
  public static String lines(String text) {
    return terminal(text, true);
  }

  /**
   * A character for a message that turns on it: {@code U+00A0 (no-break space)}, with the character
   * itself before that where it can be seen.
   */
  public static String named(int codePoint) {
    String number = String.format(Locale.ROOT, "U+%04X", codePoint);
    String name = Character.getName(codePoint);
    String shown = isVisible(codePoint) && !isMark(codePoint) ? quotedChar(codePoint) + " " : "";
    if (name == null) {
      return shown + number;
    }
    String words = name.toLowerCase(Locale.ROOT);
    return shown.isEmpty()
        ? number + " (" + words + ")"
        : shown + "(" + number + ", " + words + ")";
  }

  /**
   * Whether a character can be seen and distinguished from the others, by itself or on the one
   * before.
   */
  public static boolean isVisible(int codePoint) {
    if (codePoint < 0x7F) {
      return codePoint >= ' ';
    }
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> !isIgnorable(codePoint);
    };
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~') {
        return false;
      }
    }
    return true;
  }

  /** Letters and marks that Unicode lets a font leave out (Default_Ignorable_Code_Point). */
  private static boolean isIgnorable(int c) {
    return c == 0x034F
        || (c >= 0x115F && c <= 0x1160)
        || (c >= 0x17B4 && c <= 0x17B5)
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2800 // Braille without dots: no default-ignorable, and blank all the same.
        || c == 0x3164
        || (c >= 0xFE00 && c <= 0xFE0F)
        || c == 0xFFA0
        || (c >= 0xE0000 && c <= 0xE0FFF);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /**
   * Whether a mark is shown on what it follows: it has a base, and the two are not one character.
   */
  private static boolean stays(int before, int mark) {
    if (before < 0 || !isVisible(before) || before == ' ') {
      return false;
    }
    String pair = Character.toString(before) + Character.toString(mark);
    return Normalizer.isNormalized(pair, Normalizer.Form.NFC);
  }

  private static String terminal(String text, boolean keepLayout) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      append(shown, c, keepLayout && (c == '\n' || c == '\t') || !steers(c));
      i += Character.charCount(c);
    }
    return shown.toString();
  }

  /** Whether a terminal, or a program that shows text, takes this for more than a character. */
  private static boolean steers(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.FORMAT -> isDirection(c) || c == 0xFEFF || (c >= 0xE0000 && c <= 0xE007F);
      default -> false;
    };
  }

  private static boolean isDirection(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static void append(StringBuilder shown, int c, boolean asItIs) {
    if (asItIs) {
      shown.appendCodePoint(c);
    } else if (c == '\n') {
      shown.append("\\n");
    } else if (c == '\r') {
      shown.append("\\r");
    } else if (c == '\t') {
      shown.append("\\t");
    } else {
      shown.append(
          String.format(
              Locale.ROOT, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\u{%x}", c));
    }
  }

  private static String quotedChar(int c) {
    return c == '"' ? "'\"'" : "\"" + Character.toString(c) + "\"";
  }
}
