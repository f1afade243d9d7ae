package io.twinloom.server.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * A script without its comments and its indentation. What is left is the same tokens: names,
 * literals and templates stay as they are, and a line ends where it may end a statement. It knows
 * the language as this page is written in it: a regular expression stands behind an operator, an
 * opening bracket or a word such as {@code return}.
 */
final class ScriptText {

  /** A regular expression, and no division, follows these. */
  private static final Set<String> WORDS_BEFORE_EXPRESSIONS =
      Set.of("return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await");

  private static final String OPERATORS = "(,=:[!&|?{};+-*%<>~^";

  /** Behind these a line goes on. */
  private static final String GOES_ON_AFTER = "{;,([=&|?:*%<>!~^";

  /** Before these a line goes on, or the statement ends without its end. */
  private static final String GOES_ON_BEFORE = ")]},;:?.=&|";

  private final String source;
  private final StringBuilder out;
  private int at;

  /** For each template that is open, how many braces are open in the expression within it. */
  private final Deque<Integer> templates = new ArrayDeque<>();

  private ScriptText(String source) {
    this.source = source;
    this.out = new StringBuilder(source.length());
  }

  static String strip(String source) {
    ScriptText text = new ScriptText(source);
    while (text.at < source.length()) {
      text.token();
    }
    return text.out.toString().strip();
  }

  private void token() {
    char c = source.charAt(at);
    if (Character.isWhitespace(c) || startsWith("//") || startsWith("/*")) {
      space();
    } else if (c == '"' || c == '\'') {
      literal(c);
    } else if (c == '`') {
      take();
      template();
    } else if (c == '/' && isExpression()) {
      regularExpression();
    } else if (c == '{' && !templates.isEmpty()) {
      templates.push(templates.pop() + 1);
      take();
    } else if (c == '}' && !templates.isEmpty()) {
      take();
      int open = templates.pop();
      if (open == 0) {
        template();
      } else {
        templates.push(open - 1);
      }
    } else {
      take();
    }
  }

  private boolean startsWith(String text) {
    return source.startsWith(text, at);
  }

  private void take() {
    out.append(source.charAt(at++));
  }

  /** Whitespace and comments: nothing, a blank or the end of a line. */
  private void space() {
    boolean newLine = false;
    while (at < source.length()) {
      if (startsWith("//")) {
        at = orEnd(source.indexOf('\n', at));
      } else if (startsWith("/*")) {
        int end = orEnd(source.indexOf("*/", at) + 2);
        newLine |= source.substring(at, end).contains("\n");
        at = end;
      } else if (Character.isWhitespace(source.charAt(at))) {
        newLine |= source.charAt(at) == '\n';
        at++;
      } else {
        break;
      }
    }
    if (at == source.length() || out.isEmpty()) {
      return;
    }
    char before = out.charAt(out.length() - 1);
    char next = source.charAt(at);
    if (newLine) {
      if (GOES_ON_AFTER.indexOf(before) < 0 && GOES_ON_BEFORE.indexOf(next) < 0) {
        out.append('\n');
      }
    } else if (isOfName(before) && isOfName(next)
        || before == next && (next == '+' || next == '-')
        || before == '/' && next == '/') {
      out.append(' ');
    }
  }

  private int orEnd(int index) {
    return index < at ? source.length() : index;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private void literal(char quote) {
    take();
    while (at < source.length() && source.charAt(at) != quote) {
      if (source.charAt(at) == '\\') {
        take();
      }
      take();
    }
    take();
  }

  /** The rest of a template: to its end, or to the expression that begins in it. */
  private void template() {
    while (at < source.length()) {
      if (startsWith("${")) {
        take();
        take();
        templates.push(0);
        return;
      }
      char c = source.charAt(at);
      if (c == '\\') {
        take();
      }
      take();
      if (c == '`') {
        return;
      }
    }
  }

  private boolean isExpression() {
    if (out.isEmpty()) {
      return true;
    }
    int end = out.length();
    if (OPERATORS.indexOf(out.charAt(end - 1)) >= 0) {
      return true;
    }
    int begin = end;
    while (begin > 0 && isOfName(out.charAt(begin - 1))) {
      begin--;
    }
    return WORDS_BEFORE_EXPRESSIONS.contains(out.substring(begin, end));
  }

  private void regularExpression() {
    boolean inClass = false;
    take();
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\\') {
        take();
      } else if (c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      }
      take();
      if (c == '/' && !inClass) {
        return;
      }
    }
  }
}
