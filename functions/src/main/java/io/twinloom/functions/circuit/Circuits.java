package io.twinloom.functions.circuit;

import io.twinloom.functions.http.Redaction;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * The circuits of one cloud's connections, by the receivers' addresses: all functions of a process
 * that send over a connection share what they know of its receiver. Safe for threads.
 */
public final class Circuits {

  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<String, Circuit> byAddress = new ConcurrentHashMap<>();

  public Circuits(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** The circuit of the connection to this receiver. */
  public Circuit of(URI receiver) {
    return byAddress.computeIfAbsent(Redaction.of(receiver), address -> new Circuit(clock, random));
  }

  /** How it is with this receiver; closed where nobody has asked it yet. */
  public Circuit.State state(URI receiver) {
    Circuit circuit = byAddress.get(Redaction.of(receiver));
    return circuit == null ? Circuit.State.CLOSED : circuit.state();
  }
}
