package io.twinloom.cost;

import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.bill.Billing;
import io.twinloom.cost.demand.Component;
import io.twinloom.cost.estimate.Level;
import io.twinloom.cost.load.Batching;
import io.twinloom.cost.load.Components;
import io.twinloom.cost.load.Traffic;
import io.twinloom.cost.placement.Candidate;
import io.twinloom.cost.placement.Optimization;
import io.twinloom.cost.placement.Optimizer;
import io.twinloom.cost.placement.Placements;
import io.twinloom.cost.placement.WhatIf;
import io.twinloom.cost.placement.WhatIfs;
import io.twinloom.cost.price.PriceList;
import io.twinloom.cost.price.Prices;
import io.twinloom.cost.usage.Usage;
import io.twinloom.model.Layer;
import io.twinloom.model.Placement;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.topology.Topology;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a twin costs, and what it would cost elsewhere. Immutable and without input or output: the
 * same project, usage and prices always give the same answer.
 */
public final class CostModel {

  private final Prices prices;
  private final Billing billing;

  /**
   * @param allowances whether the account's monthly allowances are there for the twin
   */
  public CostModel(Prices prices, boolean allowances) {
    this.prices = prices;
    this.billing = new Billing(prices, allowances);
  }

  /**
   * The bill of a project's plan.
   *
   * @throws io.twinloom.model.TwinloomException if a cloud has no price list
   */
  public Bill cost(Project project, Usage usage) {
    Topology topology = Topology.of(project);
    Map<Level, List<Component>> levels = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      levels.put(level, components(project, topology, new Traffic(usage, level)));
    }
    return billing.bill(levels);
  }

  /**
   * Compares every placement of the project's layers over all clouds that have a price list.
   *
   * @param pins layers that stay on a cloud
   */
  public Optimization optimize(Project project, Usage usage, Map<Layer, Provider> pins) {
    Traffic traffic = new Traffic(usage, Level.EXPECTED);
    List<Provider> clouds = Provider.all().stream().filter(prices::has).toList();
    Optimizer optimizer =
        new Optimizer(
            prices.currency(),
            placement -> candidate(Placements.placed(project, placement), traffic),
            placement -> cost(Placements.placed(project, placement), usage).total());
    return optimizer.optimize(project.placement(), clouds, pins);
  }

  /** What a move of layers changes. */
  public WhatIf whatIf(Project project, Usage usage, Map<Layer, Provider> moves) {
    Placement after = Placements.moved(project.placement(), moves);
    List<Component> before =
        components(project, Topology.of(project), new Traffic(usage, Level.EXPECTED));
    return WhatIfs.compare(
        project, Placements.placed(project, after), placed -> cost(placed, usage), before);
  }

  private Candidate candidate(Project project, Traffic traffic) {
    Topology topology = Topology.of(project);
    List<Component> components = components(project, topology, traffic);
    return new Candidate(
        project.placement(),
        billing.total(components, Level.EXPECTED),
        topology.connections().size(),
        WhatIfs.latency(topology));
  }

  private List<Component> components(Project project, Topology topology, Traffic traffic) {
    PriceList devices = prices.of(project.placement().l1());
    Batching batching = Batching.of(traffic, devices.queues());
    return Components.of(project, topology, traffic, batching);
  }
}
