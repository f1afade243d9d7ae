package io.twinloom.functions.port;

import io.twinloom.functions.FunctionsError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A store did not do what it was asked; asking again may help. */
public final class StoreException extends TwinloomException {
  private final boolean unavailable;

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
    this.unavailable = error != FunctionsError.STORE_FAILED;
  }

  /**
   * The store throttles: what it was asked is to be asked again later, and is no fault of what was
   * to be stored.
   */
  public static StoreException throttled(String where) {
    return new StoreException(
        FunctionsError.STORE_THROTTLED,
        "The store throttles",
        where,
        "Nothing to do if it passes; else raise the store's capacity. The call is tried again by"
            + " itself.",
        null);
  }

  /** The store is full, or cannot be reached, which is no fault of what was to be stored either. */
  public static StoreException unavailable(String what, String where, Throwable cause) {
    return new StoreException(
        FunctionsError.STORE_UNAVAILABLE,
        what,
        where,
        "See that the store is there and has room; the call is tried again by itself.",
        cause);
  }

  /**
   * The store has moved to another cloud: a later attempt goes there.
   *
   * @param to what the settings say of where it is now
   */
  public static StoreException moved(String to) {
    return new StoreException(
        FunctionsError.STORE_MOVED,
        FunctionsError.STORE_MOVED.code() + ": The store has moved to " + to,
        to,
        "Nothing to do: the event is tried again by itself, and goes there.",
        null);
  }

  /** The same failure with the caller's stack, where another thread has asked the store. */
  public StoreException again() {
    return new StoreException(error(), what(), where(), fix(), this);
  }

  /** Whether the store takes nothing just now: it is throttled, full, or cannot be reached. */
  public boolean isUnavailable() {
    return unavailable;
  }
}
