package io.twinloom.model.condition;

import io.twinloom.model.error.ErrorCode;

/** A condition that cannot be parsed or can never fire. */
public final class ConditionException extends Exception {
  private final ErrorCode error;
  private final int column;
  private final String fix;

  /**
   * @param column the character of the condition at which it goes wrong, from 1
   */
  ConditionException(ErrorCode error, int column, String message, String fix) {
    super(message, null, false, false);
    this.error = error;
    this.column = column;
    this.fix = fix;
  }

  public ErrorCode error() {
    return error;
  }

  /** The code of its kind, such as {@code TL-CONDITION-SYNTAX}. */
  public String code() {
    return error.code();
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
