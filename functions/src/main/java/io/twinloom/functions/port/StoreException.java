package io.twinloom.functions.port;

import io.twinloom.model.TwinloomException;

/** A store did not do what it was asked; asking again may help. */
public final class StoreException extends TwinloomException {
  public StoreException(String what, String where, Throwable cause) {
    super(
        "TL-STORE-FAILED",
        what,
        where,
        "See the cause in the log; the call is tried again by itself.",
        true,
        cause);
  }
}
