package io.twinloom.functions.error;

import io.twinloom.functions.FunctionsError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;

/**
 * A message or request that is refused for what it is: giving it again as it is cannot help. Over
 * HTTP it is a status of 400 to 499; a device's message becomes a dead letter. Carries no stack
 * trace, since the fault is not in the code.
 */
public final class Refused extends TwinloomException {

  private Refused(ErrorCode error, String what, String fix) {
    super(error, what, "", fix);
  }

  /** A refusal; over HTTP it has the status of its code. */
  public static Refused of(ErrorCode error, String what, String fix) {
    return new Refused(error, what, fix);
  }

  /** It is larger than is taken. */
  public static Refused tooLarge(String what, String fix) {
    return new Refused(FunctionsError.TOO_LARGE, what, fix);
  }

  /** The HTTP status that says so. */
  public int status() {
    return error().httpStatus();
  }

  @Override
  @SuppressWarnings("UnsynchronizedOverridesSynchronized") // It does nothing.
  public Throwable fillInStackTrace() {
    return this;
  }
}
