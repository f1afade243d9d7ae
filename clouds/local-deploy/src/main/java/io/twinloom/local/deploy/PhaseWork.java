package io.twinloom.local.deploy;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.ChangePlan.StoreId;
import io.twinloom.deployer.change.NextState;
import io.twinloom.deployer.change.Phase;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.local.LocalCloud;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.StoreLegs.Leg;
import io.twinloom.model.StoreLegs.Use;
import io.twinloom.model.text.Count;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the phases of a change do beside bringing the twin into their layouts, and until when.
 *
 * @param project in the layout of the phase
 * @param connections with their tokens
 * @param history answers from all stores that are read in it
 */
record PhaseWork(
    LocalClouds clouds,
    PreparedProject project,
    Connections connections,
    Function<HistoryRequest, HistoryPage> history) {

  private static final JsonObject CONTINUE = JsonObject.builder().put("continue", true).build();

  /** How far a phase is. */
  sealed interface Outcome {
    /** It is over. */
    record Done() implements Outcome {}

    /** It has come further, and goes on at once; for people. */
    record Further(String how) implements Outcome {}

    /** It waits for something; for people. */
    record Waiting(String why) implements Outcome {}
  }

  private static final Outcome DONE = new Outcome.Done();

  private Topology topology() {
    return project.topology();
  }

  /** Does it, or some of it. */
  Outcome run(Change change) {
    Phase phase = change.phase();
    return switch (phase.kind()) {
      case IDLE_MOVERS -> idle(phase);
      case COPY -> phase.layer() == Layer.L4 ? copyGraph(phase) : copy(change, false);
      case VERIFY -> phase.layer() == Layer.L4 ? verifyGraph(phase) : copy(change, true);
      case EXPAND -> expand(change);
      case DRAIN -> drain(change);
      case CONTRACT -> contract(change);
      case SWITCH_READS, SWITCH_WRITES, FENCE, NARROW_READS, RESUME_MOVERS -> DONE;
    };
  }

  /** A plan that is open is carried out: what it has begun would be done twice otherwise. */
  private Outcome idle(Phase phase) {
    for (FunctionKind kind : phase.layout().legs().suspended()) {
      for (DeployedFunction mover : topology().functions(kind)) {
        // The mover itself knows all its plans.
        if (call(mover, CONTINUE).get("open_plan") == JsonBoolean.TRUE) {
          return new Outcome.Waiting(
              mover.name() + " on " + mover.cloud().id() + " has not moved all that it planned");
        }
      }
    }
    return DONE;
  }

  /**
   * A store that was kept, and is to be used again, loses what the one in use has not any more or
   * has otherwise: measurements that a mover has taken to the next tier, or that were replaced.
   * Then the store's receivers are tried.
   */
  private Outcome expand(Change change) {
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
            new StoreTrial(clouds, project, connections).run(tier, leg.cloud(), change.id());
      }
    }
    return DONE;
  }

  /** What the next phases take away has nothing to do any more, and is sent nothing. */
  private Outcome drain(Change change) {
    Map<Provider, Set<String>> leaving = new TreeMap<>();
    Topology then = change.contracted().of(project).topology();
    topology().functions().stream()
        .filter(f -> then.function(f.id()).isEmpty())
        .forEach(f -> leaving.computeIfAbsent(f.cloud(), c -> new HashSet<>()).add(f.name()));
    for (Map.Entry<Provider, Set<String>> there : leaving.entrySet()) {
      SortedMap<String, Long> waiting = clouds.waiting(there.getKey(), there.getValue());
      if (!waiting.isEmpty()) {
        return new Outcome.Waiting(waits(there.getKey(), waiting));
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

  /** Carries the newest values over to the graph that joins. */
  private Outcome copyGraph(Phase phase) {
    Provider from = phase.layout().placement().l4().orElseThrow();
    for (Provider to : phase.layout().legs().of(Layer.L4).read()) {
      Optional<String> missing = new GraphCopy(graph(from), graph(to), history).run();
      if (missing.isPresent()) {
        return new Outcome.Waiting("the graph on " + to.id() + " does not take " + missing.get());
      }
    }
    return DONE;
  }

  /** Does so again once no update is under way any more that began before both were kept up. */
  private Outcome verifyGraph(Phase phase) {
    for (Provider cloud : clouds.byProvider().keySet()) {
      SortedMap<String, Long> waiting = clouds.waiting(cloud, Set.of());
      if (!waiting.isEmpty()) {
        return new Outcome.Waiting(waits(cloud, waiting));
      }
    }
    return copyGraph(phase);
  }

  private GraphCopy.Graph graph(Provider cloud) {
    return new GraphCopy.Graph(cloud, cloud(cloud).twinGraph());
  }

  /** Runs what copies once; what a comparison finds missing is copied by the next runs. */
  private Outcome copy(Change change, boolean compares) {
    DeployedFunction copier =
        topology().functions(FunctionKind.STORE_COPIER).stream().findFirst().orElseThrow();
    JsonObject.Builder order = JsonObject.builder().put("copy", name(change));
    boolean different = compares && state(copier, status(copier)).equals("different");
    if (compares && !different) {
      order.put("verify", true);
    }
    JsonObject answer = call(copier, order.build());
    String state = state(copier, answer);
    if (answer.get("busy") == JsonBoolean.TRUE) {
      return new Outcome.Waiting("another run of " + copier.name() + " is in progress");
    }
    if (state.equals("verified") || !compares && state.equals("copied")) {
      return DONE;
    }
    Optional<String> waitsFor = answer.text("open");
    return waitsFor.isPresent()
        ? new Outcome.Waiting(waitsFor.get())
        : new Outcome.Further(moved(answer));
  }

  /** Another tier of the same change is another copy, and so is one after it was taken back. */
  private static String name(Change change) {
    return change.id() + "-" + change.phase().layer().name();
  }

  private JsonObject status(DeployedFunction copier) {
    return call(copier, JsonObject.builder().put("status", true).build());
  }

  private JsonObject call(DeployedFunction copier, JsonObject order) {
    return cloud(copier.cloud()).host().call(copier.name(), order);
  }

  private static String state(DeployedFunction copier, JsonObject answer) {
    return answer
        .text("state")
        .orElseThrow(() -> new IllegalStateException(copier.name() + " answered " + answer));
  }

  private static String moved(JsonObject answer) {
    return String.valueOf(answer.get("items"))
        + " items and "
        + answer.get("chunks")
        + " chunks so far, "
        + answer.get("itemsPerSecond")
        + " a second";
  }

  /** What a confirmation has named goes with its content, unless it is used after all. */
  private Outcome contract(Change change) {
    Phase phase = change.phase();
    for (StoreId store : NextState.stores(topology(), change.dataToDelete())) {
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
    LocalCloud cloud = clouds.byProvider().get(provider);
    if (cloud == null) {
      throw new IllegalStateException(provider + " does not run");
    }
    return cloud;
  }
}
