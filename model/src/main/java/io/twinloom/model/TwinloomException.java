package io.twinloom.model;

import org.jspecify.annotations.Nullable;

/**
 * The product's one family of errors: a stable code, what happened, where, how to fix it, and
 * whether trying again can help. Rendered alike by the command, the endpoints and the logs. Its
 * texts never hold a secret or a payload.
 */
public class TwinloomException extends RuntimeException {
  private final String code;
  private final String where;
  private final String fix;
  private final boolean retryable;

  /**
   * @param code {@code TL-} and a stable name, such as {@code TL-CONFIG-MISSING}
   * @param what what happened, with the value that caused it
   * @param where the file, setting, function or address that it happened at; may be empty
   * @param fix what the reader can do about it
   */
  public TwinloomException(
      String code,
      String what,
      String where,
      String fix,
      boolean retryable,
      @Nullable Throwable cause) {
    super(what, cause);
    this.code = code;
    this.where = where;
    this.fix = fix;
    this.retryable = retryable;
  }

  public TwinloomException(String code, String what, String where, String fix) {
    this(code, what, where, fix, false, null);
  }

  public String code() {
    return code;
  }

  /** What happened. */
  public String what() {
    String message = getMessage();
    return message == null ? code : message;
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
