package io.twinloom.cost.placement;

import io.twinloom.cost.estimate.Estimate;

/**
 * How long things take, in milliseconds.
 *
 * @param stored from a device's message to its item in the hot store
 * @param read from a query where the twin is read to its answer from the hot store
 */
public record Latency(Estimate stored, Estimate read) {

  /** Both together: what placements are compared by. */
  public Estimate both() {
    return stored.plus(read);
  }
}
