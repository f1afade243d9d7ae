package io.twinloom.cli.demo;

import io.twinloom.cli.terminal.Columns;
import io.twinloom.cli.terminal.ScreenText;
import java.util.ArrayList;
import java.util.List;

/** Lets painted text fit a width. */
final class Fitting {

  private Fitting() {}

  /**
   * Parts behind a heading, on as many lines as they need: no part is cut in two, so that no number
   * loses digits.
   */
  static List<String> wrapped(String heading, List<String> parts, String between, int width) {
    List<String> lines = new ArrayList<>();
    String blank = " ".repeat(ScreenText.width(heading));
    StringBuilder line = new StringBuilder(heading);
    int used = 0;
    for (String part : parts) {
      int needed = ScreenText.width(line + between + part);
      if (used > 0 && needed > width) {
        lines.add(line.toString());
        line = new StringBuilder(blank);
        used = 0;
      }
      line.append(used == 0 ? "" : between).append(part);
      used++;
    }
    lines.add(line.toString());
    return lines;
  }

  /** As many of the parts as one line has room for; an ellipsis stands for the rest. */
  static String some(String heading, List<String> parts, String between, int width) {
    StringBuilder line = new StringBuilder(heading);
    for (int i = 0; i < parts.size(); i++) {
      String more = (i == 0 ? "" : between) + parts.get(i);
      int rest = i == parts.size() - 1 ? 0 : 2;
      if (ScreenText.width(line + more) + rest > width) {
        return line.append(" …").toString();
      }
      line.append(more);
    }
    return line.toString();
  }

  /** The first line that fits the width, or the last one. */
  static String first(int width, List<String> lines) {
    return lines.stream()
        .filter(line -> ScreenText.width(line) <= width)
        .findFirst()
        .orElseGet(lines::getLast);
  }

  /** A line that is wider than the window would take two, and spoil the picture. */
  static String cut(String line, int width) {
    if (ScreenText.width(line) <= width) {
      return line;
    }
    StringBuilder cut = new StringBuilder(line.length());
    int shown = 0;
    int i = 0;
    while (i < line.length() && shown < width - 1) {
      if (line.charAt(i) == '\u001b') {
        int end = line.indexOf('m', i) + 1;
        cut.append(line, i, end);
        i = end;
      } else {
        int paint = line.indexOf('\u001b', i);
        String plain = line.substring(i, paint < 0 ? line.length() : paint);
        String fitting = Columns.first(plain, width - 1 - shown);
        cut.append(fitting);
        if (fitting.length() < plain.length()) {
          break;
        }
        shown += Columns.of(plain);
        i += plain.length();
      }
    }
    return cut.append('…').append(line.indexOf('\u001b') >= 0 ? "\u001b[0m" : "").toString();
  }
}
