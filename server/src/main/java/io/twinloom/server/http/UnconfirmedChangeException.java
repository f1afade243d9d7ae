package io.twinloom.server.http;

import io.twinloom.deployer.change.DataImpact;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;

/**
 * A change of stored data that waits for a confirmation, with what it would do: nothing was done.
 */
public final class UnconfirmedChangeException extends TwinloomException {
  private static final long serialVersionUID = 1L;

  private final transient DataImpact impact;

  /** A change whose request did not name the twin. */
  public UnconfirmedChangeException(String what, DataImpact impact) {
    super(ServerError.DEPLOYMENT_CONFIRM, what, "confirm");
    this.impact = impact;
  }

  /** What would be changed. */
  public DataImpact impact() {
    return impact;
  }
}
