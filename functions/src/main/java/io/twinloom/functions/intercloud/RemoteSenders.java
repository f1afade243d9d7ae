package io.twinloom.functions.intercloud;

import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;

/**
 * Makes the senders of a process, which share its HTTP client and what it knows of its receivers.
 *
 * @param circuits the circuit breaker of each receiver
 */
public record RemoteSenders(RemoteCloud http, CircuitBreakers circuits, FunctionRuntime runtime) {

  /** A sender over a connection. */
  public RemoteSender to(Remote target) {
    return new RemoteSender(target, http, circuits.of(target.url()), runtime);
  }

  /** A sender of measurements over a connection. */
  public EnvelopeSender envelopesTo(Remote target) {
    return new EnvelopeSender(to(target), target.batches(), runtime);
  }
}
