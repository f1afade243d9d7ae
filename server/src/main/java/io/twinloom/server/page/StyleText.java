package io.twinloom.server.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A style sheet without its comments and its indentation; texts in it stay as they are. */
final class StyleText {

  /** A text, or a comment, or whitespace with what makes it needless beside it. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*')"
              + "|/\\*(?s:.*?)\\*/"
              + "|\\s*(?<mark>[{};,])\\s*"
              + "|(?<blank>\\s+)");

  private static final Pattern LAST_SEMICOLON = Pattern.compile(";}");

  private StyleText() {}

  static String strip(String source) {
    StringBuilder out = new StringBuilder();
    Matcher part = PARTS.matcher(source);
    while (part.find()) {
      String kept =
          part.group("text") != null
              ? part.group("text")
              : part.group("mark") != null
                  ? part.group("mark")
                  : part.group("blank") != null ? " " : "";
      part.appendReplacement(out, Matcher.quoteReplacement(kept));
    }
    part.appendTail(out);
    return LAST_SEMICOLON.matcher(out.toString().strip()).replaceAll("}");
  }
}
