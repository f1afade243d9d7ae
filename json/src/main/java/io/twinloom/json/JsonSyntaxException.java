package io.twinloom.json;

/** Text that is not JSON: what is wrong, and where (line and column from 1). */
public final class JsonSyntaxException extends Exception {

  /** What kind of mistake it is, as far as there is something to say about how to correct it. */
  public enum Kind {
    EMPTY,
    ENDS_EARLY,
    AFTER_END,
    NAME_EXPECTED,
    VALUE_EXPECTED,
    COMMA_EXPECTED,
    /** A bracket closes where something else is due, such as after a comma. */
    CLOSES_TOO_EARLY,
    SINGLE_QUOTE,
    COMMENT,
    /** A word that is none of {@code true}, {@code false} and {@code null}. */
    WORD,
    ENCODING,
    OTHER
  }

  private final Kind kind;
  private final int line;
  private final int column;

  JsonSyntaxException(Kind kind, String message, int line, int column) {
    super(message, null, false, false);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }

  public JsonSyntaxException(String message, int line, int column) {
    this(Kind.OTHER, message, line, column);
  }

  public Kind kind() {
    return kind;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
