package io.twinloom.functions.port;

import io.twinloom.model.TwinloomException;
import org.jspecify.annotations.Nullable;

/** A function could not be called, or failed. */
public final class InvocationException extends TwinloomException {

  /** Why. */
  public enum Reason {
    /** There is no function of that name. */
    UNKNOWN_FUNCTION,
    /** The function ran and failed: its own message says why. */
    FUNCTION_FAILED,
    /** The function took longer, or more memory, than it may. */
    LIMIT_EXCEEDED,
    /** The function could not be reached, or the event could not be kept. */
    UNAVAILABLE
  }

  private final Reason reason;

  public InvocationException(
      Reason reason, String what, String function, String fix, @Nullable Throwable cause) {
    super("TL-INVOKE-" + reason, what, function, fix, reason == Reason.UNAVAILABLE, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
