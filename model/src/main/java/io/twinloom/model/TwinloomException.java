package io.twinloom.model;

import io.twinloom.model.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The product's one family of errors: a code, what happened, where, how to fix it, and whether
 * trying again can help. Rendered alike by the command, the endpoints and the logs. Its texts never
 * hold a secret or a payload.
 */
public class TwinloomException extends RuntimeException {
  private final ErrorCode error;
  private final String where;
  private final String fix;
  private final boolean retryable;

  /**
   * @param what what happened, with the value that caused it
   * @param where the file, setting, function or address that it happened at; may be empty
   * @param fix what the reader can do about it
   * @param retryable whether trying again can help, where that differs from case to case
   */
  public TwinloomException(
      ErrorCode error,
      String what,
      String where,
      String fix,
      boolean retryable,
      @Nullable Throwable cause) {
    super(what, cause);
    this.error = error;
    this.where = where;
    this.fix = fix;
    this.retryable = retryable;
  }

  /** With a cause; it can be tried again if the code says so. */
  public TwinloomException(
      ErrorCode error, String what, String where, String fix, @Nullable Throwable cause) {
    this(error, what, where, fix, error.retryable(), cause);
  }

  /** Without a cause; it can be tried again if the code says so. */
  public TwinloomException(ErrorCode error, String what, String where, String fix) {
    this(error, what, where, fix, error.retryable(), null);
  }

  /** With the fix of its code. */
  public TwinloomException(ErrorCode error, String what, String where) {
    this(error, what, where, error.fix());
  }

  /** Its kind. */
  public ErrorCode error() {
    return error;
  }

  /** The code of its kind, such as {@code TL-FILE-MISSING}. */
  public String code() {
    return error.code();
  }

  /** What happened. */
  public String what() {
    String message = getMessage();
    return message == null ? code() : message;
  }

  public String where() {
    return where;
  }

  public String fix() {
    return fix;
  }

  public boolean retryable() {
    return retryable;
  }
}
