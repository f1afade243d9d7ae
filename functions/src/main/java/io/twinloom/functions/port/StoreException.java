package io.twinloom.functions.port;

import io.twinloom.functions.FunctionsError;
import io.twinloom.model.TwinloomException;

/** A store did not do what it was asked; asking again may help. */
public final class StoreException extends TwinloomException {
  public StoreException(String what, String where, Throwable cause) {
    super(
        FunctionsError.STORE_FAILED,
        what,
        where,
        "See the cause in the log; the call is tried again by itself.",
        cause);
  }
}
