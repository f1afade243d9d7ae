package io.twinloom.functions.circuit;

import io.twinloom.functions.port.CircuitStates;
import io.twinloom.functions.port.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What other processes know of one receiver. It is asked rarely, and only where something has
 * failed or nothing was asked yet; where the store fails, a process goes by what it knows itself.
 * For the lock of its circuit breaker.
 */
final class SharedCircuit {

  /** What was read is as good for so long. */
  static final Duration FRESH = Duration.ofSeconds(2);

  private final CircuitStates states;
  private final String receiver;
  private Instant readAgainAt = Instant.MIN;

  SharedCircuit(CircuitStates states, String receiver) {
    this.states = states;
    this.receiver = receiver;
  }

  /** Until when another process has nothing sent; empty where none does, or it was just asked. */
  Optional<Instant> openUntil(Instant now) {
    if (now.isBefore(readAgainAt)) {
      return Optional.empty();
    }
    readAgainAt = now.plus(FRESH);
    try {
      return states.openUntil(receiver).filter(now::isBefore);
    } catch (StoreException e) {
      return Optional.empty();
    }
  }

  void open(Instant until) {
    try {
      states.open(receiver, until);
    } catch (StoreException e) {
      // The others find out by themselves.
      return;
    }
  }

  void close() {
    try {
      states.close(receiver);
    } catch (StoreException e) {
      // What stands there ends by its time.
      return;
    }
  }

  boolean claimProbe(Instant now, Instant until) {
    try {
      return states.claimProbe(receiver, now, until);
    } catch (StoreException e) {
      return true;
    }
  }
}
