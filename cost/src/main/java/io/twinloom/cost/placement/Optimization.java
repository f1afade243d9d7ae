package io.twinloom.cost.placement;

import io.twinloom.cost.estimate.Estimate;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All placements of a twin compared.
 *
 * @param currency of all amounts
 * @param pins layers that stay where they are
 * @param examined how many placements were priced
 * @param choices those that stand out
 * @param front the placements that no other is better than in cost, crossings and latency, the
 *     cheapest first
 */
public record Optimization(
    String currency,
    Map<Layer, Provider> pins,
    int examined,
    Choices choices,
    List<Candidate> front) {

  public Optimization {
    pins = Map.copyOf(pins);
    front = List.copyOf(front);
  }

  /**
   * The placements that stand out.
   *
   * @param current the project's own
   * @param best the cheapest
   * @param bestRange what the cheapest costs between its limits
   * @param fewerClouds the cheapest with fewer clouds than the cheapest of all; empty where that is
   *     on one cloud
   */
  public record Choices(
      Candidate current, Candidate best, Estimate bestRange, Optional<Candidate> fewerClouds) {

    /**
     * The placement to take: the one with fewer clouds where the difference is within what is not
     * known of the prices and the usage, the cheapest otherwise.
     */
    public Candidate recommended() {
      return fewerClouds
          .filter(simpler -> simpler.cost().compareTo(bestRange.high()) <= 0)
          .orElse(best);
    }
  }
}
