package io.twinloom.deployer.control;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a connection between clouds is. */
public enum ConnectionState {
  /** Its receiver answers, or was not asked yet. */
  READY,
  /** The circuit breaker is open: most of the last requests to its receiver failed. */
  OPEN,
  /** The circuit breaker is half open: one request finds out whether the receiver answers again. */
  PROBING,
  /** It has neither address nor token. */
  MISSING,
  /** The twin does not run. */
  STOPPED;

  /** As results carry it, {@code ready}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of an id. */
  public static Optional<ConnectionState> of(String id) {
    return Arrays.stream(values()).filter(s -> s.id().equals(id)).findFirst();
  }
}
