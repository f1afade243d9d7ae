package io.twinloom.functions.error;

import io.twinloom.model.TwinloomException;

/**
 * A message or request that is refused for what it is: giving it again as it is cannot help. Over
 * HTTP it is a status of 400 to 499; a device's message becomes a dead letter. Carries no stack
 * trace, since the fault is not in the code.
 */
public final class Refused extends TwinloomException {

  private static final int BAD = 400;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;

  private final int status;

  private Refused(int status, String code, String what, String fix) {
    super(code, what, "", fix);
    this.status = status;
  }

  /** It is not what it should be. */
  public static Refused bad(String code, String what, String fix) {
    return new Refused(BAD, code, what, fix);
  }

  /** Something else has the place that it would take. */
  public static Refused conflict(String code, String what, String fix) {
    return new Refused(CONFLICT, code, what, fix);
  }

  /** It asks for what is not there. */
  public static Refused notFound(String code, String what, String fix) {
    return new Refused(NOT_FOUND, code, what, fix);
  }

  /** It is larger than is taken. */
  public static Refused tooLarge(String what, String fix) {
    return new Refused(TOO_LARGE, "TL-TOO-LARGE", what, fix);
  }

  /** The HTTP status that says so. */
  public int status() {
    return status;
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // It does nothing.
  public Throwable fillInStackTrace() {
    return this;
  }
}
