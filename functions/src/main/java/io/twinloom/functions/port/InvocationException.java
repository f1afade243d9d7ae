package io.twinloom.functions.port;

import io.twinloom.functions.FunctionsError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A function could not be called, or failed. */
public final class InvocationException extends TwinloomException {

  /** Why. */
  public enum Reason {
    /** There is no function of that name. */
    UNKNOWN_FUNCTION(FunctionsError.INVOKE_UNKNOWN_FUNCTION),
    /** The function ran and failed: its own message says why. */
    FUNCTION_FAILED(FunctionsError.INVOKE_FUNCTION_FAILED),
    /** The function took longer, or more memory, than it may. */
    LIMIT_EXCEEDED(FunctionsError.INVOKE_LIMIT_EXCEEDED),
    /** The function could not be reached, or the event could not be kept. */
    UNAVAILABLE(FunctionsError.INVOKE_UNAVAILABLE);

    private final ErrorCode error;

    Reason(ErrorCode error) {
      this.error = error;
    }
  }

  private final Reason reason;

  public InvocationException(
      Reason reason, String what, String function, String fix, @Nullable Throwable cause) {
    super(reason.error, what, function, fix, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
