package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.LeavingFunctions;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.change.PhaseFunctions;
import io.twinloom.deployer.change.PhaseOutcome;
import io.twinloom.deployer.change.StoreNames;
import io.twinloom.deployer.change.StoreTrial;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Connections;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.text.Count;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * What the phases of a change do beside bringing the twin into their layouts, and until when.
 *
 * @param project in the layout of the phase
 * @param connections with their tokens
 */
record PhaseWork(LocalClouds clouds, PreparedProject project, Connections connections) {

  private static final PhaseOutcome DONE = new PhaseOutcome.Done();

  private Topology topology() {
    return project.topology();
  }

  /** Does it, or some of it. */
  PhaseOutcome run(Change change) {
    Phase phase = change.phase();
    return switch (phase.kind()) {
      case IDLE_MOVERS -> functions().idleMovers();
      case COPY -> functions().copy(change);
      case VERIFY -> phase.layer() == Layer.L4 ? verifyGraph(change) : functions().verify(change);
      case EXPAND -> expand(change);
      case DRAIN -> drain(change);
      case CONTRACT -> contract(change);
      case SWITCH_READS, SWITCH_WRITES, FENCE, NARROW_READS, RESUME_MOVERS -> DONE;
    };
  }

  /**
   * A store that was kept, and is to be used again, loses what the one in use has not any more or
   * has otherwise: measurements that a mover has taken to the next tier, or that were replaced.
   * Then the store's receivers are tried.
   */
  private PhaseOutcome expand(Change change) {
    Phase phase = change.phase();
    Layer tier = phase.layer();
    if (!tier.isTier()) {
      return DONE;
    }
    Provider current = phase.layout().placement().of(tier).orElseThrow();
    for (Leg leg : phase.layout().legs().of(tier).others()) {
      if (leg.use() == Use.UNREAD && !leg.fenced()) {
        FormerStore.of(clouds, new StoreId(tier, leg.cloud()))
            .keepOnly(FormerStore.of(clouds, new StoreId(tier, current)));
      }
      if (!leg.fenced() && leg.isActive() && !leg.use().isRead()) {
        var unused =
            new StoreTrial(new TriedClouds(clouds), project, connections)
                .run(tier, leg.cloud(), change.id());
      }
    }
    return DONE;
  }

  /** What the next phases take away has nothing to do any more, and is sent nothing. */
  private PhaseOutcome drain(Change change) {
    for (Map.Entry<Provider, List<DeployedFunction>> there :
        LeavingFunctions.of(change, project).entrySet()) {
      Set<String> names =
          there.getValue().stream().map(DeployedFunction::name).collect(Collectors.toSet());
      SortedMap<String, Long> waiting = clouds.waiting(there.getKey(), names);
      if (!waiting.isEmpty()) {
        return new PhaseOutcome.Waiting(waits(there.getKey(), waiting));
      }
    }
    return DONE;
  }

  private static String waits(Provider cloud, SortedMap<String, Long> waiting) {
    return waiting.entrySet().stream()
            .map(each -> Count.of(each.getValue(), "event") + " for " + each.getKey())
            .collect(Collectors.joining(", "))
        + " on "
        + cloud.id()
        + " are not done";
  }

  /** Values are sent again once no update is under way that began before both were kept up. */
  private PhaseOutcome verifyGraph(Change change) {
    for (Provider cloud : clouds.byProvider().keySet()) {
      SortedMap<String, Long> waiting = clouds.waiting(cloud, Set.of());
      if (!waiting.isEmpty()) {
        return new PhaseOutcome.Waiting(waits(cloud, waiting));
      }
    }
    return functions().verify(change);
  }

  private PhaseFunctions functions() {
    return functions(clouds, topology());
  }

  /** The functions that work for a change, called by their names. */
  static PhaseFunctions functions(LocalClouds clouds, Topology topology) {
    return new PhaseFunctions(
        topology,
        (function, event) -> cloud(clouds, function.cloud()).host().call(function.name(), event));
  }

  /** What a confirmation has named goes with its content, unless it is used after all. */
  private PhaseOutcome contract(Change change) {
    Phase phase = change.phase();
    for (StoreId store : StoreNames.stores(topology(), change.dataToDelete())) {
      boolean used =
          topology().placement().of(store.tier()).equals(Optional.of(store.cloud()))
              || phase.layout().legs().of(store.tier()).on(store.cloud()).isPresent();
      if (store.tier() == phase.layer() && !used) {
        FormerStore.of(clouds, store).clear();
      }
    }
    return DONE;
  }

  private LocalCloud cloud(Provider provider) {
    return cloud(clouds, provider);
  }

  private static LocalCloud cloud(LocalClouds clouds, Provider provider) {
    LocalCloud cloud = clouds.byProvider().get(provider);
    if (cloud == null) {
      throw new IllegalStateException(provider + " does not run");
    }
    return cloud;
  }
}
