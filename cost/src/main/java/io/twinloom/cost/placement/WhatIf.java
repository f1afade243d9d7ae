package io.twinloom.cost.placement;

import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Provider;
import io.twinloom.topology.plan.PlanDifference;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a move of layers changes.
 *
 * @param changes functions, stores, schedules, topics and connections that come, go or change
 * @param exposed functions that get an endpoint, which they do not have before
 * @param data stores whose content is on another cloud afterwards
 */
public record WhatIf(
    State before,
    State after,
    PlanDifference changes,
    List<Exposed> exposed,
    List<StoredData> data) {
  public WhatIf {
    exposed = List.copyOf(exposed);
    data = List.copyOf(data);
  }

  /** The twin with a placement. */
  public record State(Placement placement, Bill bill, int crossings, Latency latency) {}

  /** A function that gets an endpoint, and why. */
  public record Exposed(String function, Provider cloud, String why) {}

  /**
   * What a store holds when its layer moves.
   *
   * @param items of the hot store; 0 for the others
   * @param bytes as they are stored, about
   * @param how what becomes of it
   */
  public record StoredData(
      Layer layer, Provider from, Provider to, BigDecimal items, BigDecimal bytes, String how) {}

  /** What the month costs more afterwards; less than 0 where it costs less. */
  public Estimate difference() {
    return after.bill().total().minus(before.bill().total());
  }
}
