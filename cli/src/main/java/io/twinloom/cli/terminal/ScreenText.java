package io.twinloom.cli.terminal;

import io.twinloom.model.text.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last gate before the terminal: no control character passes but line feeds and, where there
 * may be colours, the codes of {@link Paint}. A text from outside has been through {@link
 * Printable} before, so that it cannot bring such codes along.
 */
public final class ScreenText {

  private static final Pattern PAINT = Pattern.compile("\u001b\\[(?:[0-2]|3[1-6])m");

  private ScreenText() {}

  /**
   * The text as it may be printed.
   *
   * @param coloured whether the codes of colours stay
   */
  public static String of(String text, boolean coloured) {
    if (!coloured || text.indexOf('\u001b') < 0) {
      return plain(text);
    }
    StringBuilder shown = new StringBuilder(text.length());
    Matcher paint = PAINT.matcher(text);
    int from = 0;
    while (paint.find()) {
      shown.append(plain(text.substring(from, paint.start()))).append(paint.group());
      from = paint.end();
    }
    return shown.append(plain(text.substring(from))).toString();
  }

  private static String plain(String text) {
    String shown = Printable.lines(text);
    return shown.indexOf('\t') < 0 ? shown : shown.replace("\t", "\\t");
  }

  /** How many columns a text takes, colours aside. */
  public static int width(String text) {
    return Columns.of(PAINT.matcher(text).replaceAll(""));
  }
}
