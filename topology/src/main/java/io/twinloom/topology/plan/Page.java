package io.twinloom.topology.plan;

/** Lines of at most 100 characters, in two columns where there are two. */
final class Page {
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();

  Page line(String line) {
    text.append(line.stripTrailing()).append('\n');
    return this;
  }

  /** A heading after an empty line. */
  Page heading(String heading) {
    return line("").line(heading);
  }

  /**
   * A row whose right side is broken at words and stays in its column; where the left side is wider
   * than its column, the right one starts below it.
   */
  Page row(String left, int column, String right) {
    StringBuilder line = new StringBuilder(left);
    if (left.length() >= column) {
      line(left);
      line.setLength(0);
    }
    fill(line, column);
    for (String word : right.split(" ", -1)) {
      if (line.length() > column && line.length() + 1 + word.length() > WIDTH) {
        line(line.toString());
        line.setLength(0);
        fill(line, column);
      } else if (line.length() > column) {
        line.append(' ');
      }
      line.append(word);
    }
    return line(line.toString());
  }

  private static void fill(StringBuilder line, int column) {
    line.append(" ".repeat(column - line.length()));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
