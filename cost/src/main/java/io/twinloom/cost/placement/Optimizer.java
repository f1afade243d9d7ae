package io.twinloom.cost.placement;

import io.twinloom.cost.estimate.Estimate;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Prices every placement, and says which stand out. */
public final class Optimizer {

  /** Cheapest first; among equals the fewest crossings, the fewest clouds, and the first clouds. */
  private static final Comparator<Candidate> CHEAPEST =
      Comparator.comparing(Candidate::cost)
          .thenComparing(Candidate::crossings)
          .thenComparing(candidate -> candidate.clouds().size());

  private final String currency;
  private final Function<Placement, Candidate> pricing;
  private final Function<Placement, Estimate> range;

  /**
   * @param pricing what is known of a placement
   * @param range what a placement costs between its limits
   */
  public Optimizer(
      String currency,
      Function<Placement, Candidate> pricing,
      Function<Placement, Estimate> range) {
    this.currency = currency;
    this.pricing = pricing;
    this.range = range;
  }

  /** Compares all placements over these clouds. */
  public Optimization optimize(
      Placement current, List<Provider> clouds, Map<Layer, Provider> pins) {
    List<Candidate> candidates = new ArrayList<>();
    for (Placement placement : Placements.all(current, clouds, pins)) {
      candidates.add(pricing.apply(placement));
    }
    candidates.sort(CHEAPEST);
    Candidate best = candidates.getFirst();
    Optional<Candidate> fewer =
        candidates.stream().filter(c -> c.clouds().size() < best.clouds().size()).findFirst();
    Optimization.Choices choices =
        new Optimization.Choices(
            pricing.apply(current), best, range.apply(best.placement()), fewer);
    return new Optimization(currency, pins, candidates.size(), choices, front(candidates));
  }

  /**
   * Those that none beats. In the order of cost a candidate can only be beaten by an earlier one.
   */
  private static List<Candidate> front(List<Candidate> candidates) {
    List<Candidate> front = new ArrayList<>();
    for (Candidate candidate : candidates) {
      boolean beaten =
          front.stream().anyMatch(other -> other.beats(candidate) || same(other, candidate));
      if (!beaten) {
        front.add(candidate);
      }
    }
    return front;
  }

  private static boolean same(Candidate one, Candidate other) {
    return one.cost().compareTo(other.cost()) == 0
        && one.crossings() == other.crossings()
        && one.latency().both().expected().compareTo(other.latency().both().expected()) == 0;
  }
}
