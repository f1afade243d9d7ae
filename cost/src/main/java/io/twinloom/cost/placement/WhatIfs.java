package io.twinloom.cost.placement;

import io.twinloom.cost.bill.Bill;
import io.twinloom.cost.demand.Component;
import io.twinloom.model.Project;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import io.twinloom.topology.plan.PlanDifference;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares a twin before and after a move of layers. */
public final class WhatIfs {

  private WhatIfs() {}

  /**
   * Compares two placements of a project.
   *
   * @param components the parts of the plan before, as expected
   */
  public static WhatIf compare(
      Project before, Project after, Function<Project, Bill> pricing, List<Component> components) {
    Topology old = Topology.of(before);
    Topology fresh = Topology.of(after);
    return new WhatIf(
        state(before, old, pricing),
        state(after, fresh, pricing),
        PlanDifference.between(old, fresh),
        exposed(old, fresh),
        MovedData.of(before.placement(), after.placement(), components));
  }

  /** How long a measurement takes in a topology. */
  public static Latency latency(Topology topology) {
    return LatencyModel.of(topology);
  }

  private static WhatIf.State state(
      Project project, Topology topology, Function<Project, Bill> pricing) {
    return new WhatIf.State(
        project.placement(),
        pricing.apply(project),
        topology.connections().size(),
        LatencyModel.of(topology));
  }

  private static List<WhatIf.Exposed> exposed(Topology old, Topology fresh) {
    Set<String> before =
        old.functions().stream()
            .filter(DeployedFunction::exposed)
            .map(f -> f.name() + " on " + f.cloud())
            .collect(Collectors.toSet());
    return fresh.functions().stream()
        .filter(f -> f.exposed() && !before.contains(f.name() + " on " + f.cloud()))
        .map(f -> new WhatIf.Exposed(f.name(), f.cloud(), f.why()))
        .toList();
  }
}
