package io.twinloom.functions.circuit;

import io.twinloom.functions.http.Redaction;
import io.twinloom.functions.port.CircuitStates;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * The circuit breakers of one cloud's connections, by the receivers' addresses: all functions of a
 * process that send over a connection share its circuit breaker. Safe for threads.
 */
public final class CircuitBreakers {

  private final InstantSource clock;
  private final RandomGenerator random;
  private final CircuitStates shared;
  private final Map<String, CircuitBreaker> byAddress = new ConcurrentHashMap<>();

  public CircuitBreakers(InstantSource clock, RandomGenerator random) {
    this(clock, random, CircuitStates.NONE);
  }

  /**
   * @param shared what the processes of the cloud's functions know together
   */
  public CircuitBreakers(InstantSource clock, RandomGenerator random, CircuitStates shared) {
    this.clock = clock;
    this.random = random;
    this.shared = shared;
  }

  /** The circuit breaker of the connection to this receiver. */
  public CircuitBreaker of(URI receiver) {
    return byAddress.computeIfAbsent(
        Redaction.of(receiver),
        address -> new CircuitBreaker(clock, random, new SharedCircuit(shared, address)));
  }

  /** The state for this receiver; closed where nothing was sent to it yet. */
  public CircuitBreaker.State state(URI receiver) {
    CircuitBreaker circuit = byAddress.get(Redaction.of(receiver));
    return circuit == null ? CircuitBreaker.State.CLOSED : circuit.state();
  }
}
