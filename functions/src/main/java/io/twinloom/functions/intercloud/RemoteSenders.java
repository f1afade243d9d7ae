package io.twinloom.functions.intercloud;

import io.twinloom.functions.circuit.CircuitBreakers;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.RemoteCloud;
import io.twinloom.functions.settings.RemoteRouteSetting.Route.Remote;

/**
 * Makes the senders of a process, which share its HTTP client and what it knows of its receivers.
 *
 * @param circuits the circuit breaker of each receiver
 * @param queued how often a request with measurements is tried, which come again by a queue
 * @param caller the deployed name of the function that sends; empty: none in particular
 */
public record RemoteSenders(
    RemoteCloud http,
    CircuitBreakers circuits,
    Retries queued,
    FunctionRuntime runtime,
    String caller) {

  /** Senders whose waiting costs nothing. */
  public RemoteSenders(RemoteCloud http, CircuitBreakers circuits, FunctionRuntime runtime) {
    this(http, circuits, Retries.QUEUED, runtime);
  }

  /** Senders of no function in particular. */
  public RemoteSenders(
      RemoteCloud http, CircuitBreakers circuits, Retries queued, FunctionRuntime runtime) {
    this(http, circuits, queued, runtime, "");
  }

  /** The same for what a function sends. */
  public RemoteSenders calledBy(String function) {
    return new RemoteSenders(http, circuits, queued, runtime, function);
  }

  /** A sender over a connection. */
  public RemoteSender to(Remote target) {
    return sender(target, Retries.OWN);
  }

  private RemoteSender sender(Remote target, Retries retries) {
    return new RemoteSender(target, http, circuits.of(target.url()), retries, runtime, caller);
  }

  /** A sender of measurements over a connection. */
  public EnvelopeSender envelopesTo(Remote target) {
    return new EnvelopeSender(sender(target, queued), target.batches(), runtime);
  }
}
