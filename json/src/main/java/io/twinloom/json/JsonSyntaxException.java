package io.twinloom.json;

/** Text that is not JSON: what is wrong, and where (line and column from 1). */
public final class JsonSyntaxException extends Exception {
  private final int line;
  private final int column;

  public JsonSyntaxException(String message, int line, int column) {
    super(message, null, false, false);
    this.line = line;
    this.column = column;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
