package io.twinloom.cost.load;

import java.math.BigDecimal;

/**
 * How many events travel together. The one place that says so: who changes how functions hand on
 * events changes it here, and every invocation, queue message and request follows.
 *
 * @param eventsPerInvocation events of a measurement's way that one invocation takes
 * @param eventsPerMessage events that one message of a queue carries
 * @param eventsPerRequest envelopes in one request over a connection
 */
public record Batching(
    BigDecimal eventsPerInvocation, BigDecimal eventsPerMessage, BigDecimal eventsPerRequest) {

  /** Every event by itself, as functions on clouds hand events on. */
  public static final Batching SINGLE =
      new Batching(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);
}
