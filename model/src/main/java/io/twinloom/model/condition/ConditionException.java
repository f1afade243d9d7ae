package io.twinloom.model.condition;

/** A condition that cannot be parsed or can never fire. */
public final class ConditionException extends Exception {
  private final String code;
  private final int column;
  private final String fix;

  /**
   * @param code stable, such as {@code TL-CONDITION-SYNTAX}
   * @param column the character of the condition at which it goes wrong, from 1
   */
  ConditionException(String code, int column, String message, String fix) {
    super(message, null, false, false);
    this.code = code;
    this.column = column;
    this.fix = fix;
  }

  public String code() {
    return code;
  }

  public int column() {
    return column;
  }

  /** What is wrong, without the column. */
  public String what() {
    return String.valueOf(getMessage());
  }

  /** What to write instead. */
  public String fix() {
    return fix;
  }
}
