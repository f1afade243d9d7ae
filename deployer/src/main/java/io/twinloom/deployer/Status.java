package io.twinloom.deployer;

import io.twinloom.deployer.CloudOperations.FunctionCounts;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.ConnectionStatus;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.deployer.control.StatusReport.LayerStatus;
import io.twinloom.deployer.control.StoreStatus;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.text.Count;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Puts the status of a twin together: what the topology says should be there, and what is. */
final class Status {

  private final Project project;
  private final Topology topology;
  private final TargetState target;
  private final Set<Provider> healthy;
  private final Map<FunctionId, FunctionCounts> counts;
  private final Map<String, String> versions;

  /**
   * @param healthy the clouds that run all their functions
   * @param counts what each function has done, by its id
   */
  Status(
      Project project,
      Topology topology,
      TargetState target,
      Set<Provider> healthy,
      Map<FunctionId, FunctionCounts> counts) {
    this(project, topology, target, healthy, counts, Map.of());
  }

  /**
   * @param versions of the functions that have user code, by their names
   */
  Status(
      Project project,
      Topology topology,
      TargetState target,
      Set<Provider> healthy,
      Map<FunctionId, FunctionCounts> counts,
      Map<String, String> versions) {
    this.versions = Map.copyOf(versions);
    this.project = project;
    this.topology = topology;
    this.target = target;
    this.healthy = Set.copyOf(healthy);
    this.counts = Map.copyOf(counts);
  }

  StatusReport report(long deadLetters, List<TierSize> tiers) {
    Map<String, Long> other = new TreeMap<>(target.counters());
    other.keySet().removeIf(RuleCounts::isOfRule);
    return StatusReport.of(target.target(), topology.twin())
        .running(!healthy.isEmpty())
        .layers(layers())
        .functions(functions())
        .connections(topology.connections().stream().map(this::connection).toList())
        .rules(new RuleCounts(project.rules(), target.counters()).of(topology))
        .deadLetters(deadLetters)
        .alarms(alarms(deadLetters))
        .backlog(target.backlog())
        .counters(other)
        .warnings(target.warnings())
        .tiers(tiers)
        .stores(stores())
        .options(target.options())
        .change(target.change())
        .dashboards(target.dashboards())
        .build();
  }

  private List<StoreStatus> stores() {
    List<StoreStatus> stores = new ArrayList<>();
    topology.stores().forEach(s -> stores.add(StoreStatus.of(s, topology, project.legs())));
    stores.addAll(StoreStatus.former(topology.twin(), project.legs(), target.lastSeen()));
    return stores;
  }

  private List<String> alarms(long deadLetters) {
    if (deadLetters == 0 || !project.features().integrateErrorHandling()) {
      return List.of();
    }
    return List.of(
        Count.of(deadLetters, "dead letter waits", "dead letters wait")
            + ": "
            + "see why with 'twinloom dead-letters', fix the cause, and replay what is left.");
  }

  private List<LayerStatus> layers() {
    List<LayerStatus> layers = new ArrayList<>();
    for (Layer layer : Layer.values()) {
      project
          .placement()
          .of(layer)
          .ifPresent(
              cloud ->
                  layers.add(
                      new LayerStatus(
                          layer,
                          cloud,
                          healthy.contains(cloud),
                          target.addresses().getOrDefault(cloud, Map.of()),
                          lastEvent(layer))));
    }
    return layers;
  }

  private Optional<String> lastEvent(Layer layer) {
    return topology.functions().stream()
        .filter(f -> f.layer() == layer)
        .map(f -> counts(f).lastEvent())
        .filter(t -> !t.isEmpty())
        .max(Comparator.naturalOrder());
  }

  /** Those of the topology, and actions that others deploy, where the target stands in for them. */
  private List<FunctionStatus> functions() {
    List<FunctionStatus> all =
        new ArrayList<>(topology.functions().stream().map(this::function).toList());
    counts.entrySet().stream()
        .filter(done -> isOfOthers(done.getKey()))
        .sorted(Comparator.comparing(done -> done.getKey().name()))
        .forEach(
            done -> {
              FunctionId id = done.getKey();
              all.add(
                  new FunctionStatus(
                      id.name(), id.name(), id.cloud(), Optional.empty(), work(done.getValue())));
            });
    return all;
  }

  /** What the twin has had before keeps its counts; what others deploy has a name of its own. */
  private boolean isOfOthers(FunctionId id) {
    return topology.function(id).isEmpty() && !id.name().startsWith(topology.twin() + "-");
  }

  private FunctionStatus function(DeployedFunction function) {
    FunctionCounts done = counts(function);
    return new FunctionStatus(
        function.name(),
        function.cloudName(),
        function.cloud(),
        function.exposed() ? url(function) : Optional.empty(),
        work(done),
        Optional.ofNullable(versions.get(function.name())));
  }

  private static StatusReport.Work work(FunctionCounts done) {
    return new StatusReport.Work(done.invocations(), done.errors(), done.batches());
  }

  private Optional<URI> url(DeployedFunction function) {
    return Optional.ofNullable(target.urls().get(function.id()))
        .or(
            () ->
                Optional.ofNullable(
                        target.addresses().getOrDefault(function.cloud(), Map.of()).get("http"))
                    .map(http -> URI.create(http + "/" + function.name())));
  }

  private FunctionCounts counts(DeployedFunction function) {
    return counts.getOrDefault(function.id(), FunctionCounts.NONE);
  }

  private ConnectionStatus connection(Connection connection) {
    ConnectionState state =
        healthy.isEmpty()
            ? ConnectionState.STOPPED
            : target.connections().getOrDefault(connection.id(), ConnectionState.MISSING);
    return new ConnectionStatus(connection.id(), connection.from(), connection.to(), state);
  }
}
