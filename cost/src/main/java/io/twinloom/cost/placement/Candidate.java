package io.twinloom.cost.placement;

import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;

/**
 * A placement with what it is compared by.
 *
 * @param cost a month, as expected
 * @param crossings connections between clouds
 */
public record Candidate(Placement placement, BigDecimal cost, int crossings, Latency latency) {

  /** The clouds that it needs, in their order. */
  public Set<Provider> clouds() {
    Set<Provider> clouds = new TreeSet<>();
    for (Layer layer : Layer.values()) {
      placement.of(layer).ifPresent(clouds::add);
    }
    return clouds;
  }

  /** Whether it is no worse in anything, and better in something. */
  boolean beats(Candidate other) {
    int byCost = cost.compareTo(other.cost);
    int byCrossings = Integer.compare(crossings, other.crossings);
    int byLatency = latency.both().expected().compareTo(other.latency.both().expected());
    return byCost <= 0
        && byCrossings <= 0
        && byLatency <= 0
        && (byCost < 0 || byCrossings < 0 || byLatency < 0);
  }
}
