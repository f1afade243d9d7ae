package io.twinloom.functions.port;

import io.twinloom.functions.FunctionsError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A store did not do what it was asked; asking again may help. */
public final class StoreException extends TwinloomException {
  private final boolean throttled;

  public StoreException(String what, String where, Throwable cause) {
    this(
        FunctionsError.STORE_FAILED,
        what,
        where,
        "See the cause in the log; the call is tried again by itself.",
        cause);
  }

  private StoreException(
      ErrorCode error, String what, String where, String fix, @Nullable Throwable cause) {
    super(error, what, where, fix, cause);
    this.throttled = error == FunctionsError.STORE_THROTTLED;
  }

  /**
   * The store takes no more just now: what it was asked is to be asked again later, and is no fault
   * of what was to be stored.
   */
  public static StoreException throttled(String where) {
    return new StoreException(
        FunctionsError.STORE_THROTTLED,
        "The store takes no more just now",
        where,
        "Nothing to do if it passes; else raise the store's capacity. The call is tried again by"
            + " itself.",
        null);
  }

  /** Whether the store only takes no more just now. */
  public boolean isThrottled() {
    return throttled;
  }
}
