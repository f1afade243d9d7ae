package io.twinloom.topology;

import io.twinloom.model.error.ErrorCode;
import io.twinloom.model.error.ErrorFacts;

/** The codes of what is decided about a project. */
public enum TopologyError implements ErrorCode {
  CONNECTION_MISSING(
      409,
      "A function needs a connection whose address or token does not exist yet.",
      "Deploy the twin: that makes the address and the token of every connection.");

  private final ErrorFacts facts;

  TopologyError(int httpStatus, String meaning, String fix) {
    this.facts = ErrorFacts.permanent(httpStatus, meaning, fix);
  }

  @Override
  public ErrorFacts facts() {
    return facts;
  }
}
