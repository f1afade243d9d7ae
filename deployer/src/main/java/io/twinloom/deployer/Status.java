package io.twinloom.deployer;

import io.twinloom.deployer.CloudOperations.FunctionCounts;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.StatusReport.ConnectionStatus;
import io.twinloom.deployer.control.StatusReport.FunctionStatus;
import io.twinloom.deployer.control.StatusReport.LayerStatus;
import io.twinloom.deployer.control.TierSize;
import io.twinloom.model.Layer;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.text.Count;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
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
  private final Map<String, FunctionCounts> counts;
  private final Map<String, String> versions;

  /**
   * @param healthy the clouds that run all their functions
   * @param counts what each function has done, by its name
   */
  Status(
      Project project,
      Topology topology,
      TargetState target,
      Set<Provider> healthy,
      Map<String, FunctionCounts> counts) {
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
      Map<String, FunctionCounts> counts,
      Map<String, String> versions) {
    this.versions = Map.copyOf(versions);
    this.project = project;
    this.topology = topology;
    this.target = target;
    this.healthy = Set.copyOf(healthy);
    this.counts = new TreeMap<>(counts);
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
        .options(target.options())
        .dashboards(target.dashboards())
        .build();
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
    counts.forEach(
        (name, done) -> {
          if (topology.function(name).isEmpty()) {
            all.add(
                new FunctionStatus(
                    name, name, project.placement().l2(), Optional.empty(), work(done)));
          }
        });
    return all;
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
    return Optional.ofNullable(target.urls().get(function.name()))
        .or(
            () ->
                Optional.ofNullable(
                        target.addresses().getOrDefault(function.cloud(), Map.of()).get("http"))
                    .map(http -> URI.create(http + "/" + function.name())));
  }

  private FunctionCounts counts(DeployedFunction function) {
    return counts.getOrDefault(function.name(), FunctionCounts.NONE);
  }

  private ConnectionStatus connection(Connection connection) {
    ConnectionState state =
        healthy.isEmpty()
            ? ConnectionState.STOPPED
            : target.connections().getOrDefault(connection.id(), ConnectionState.MISSING);
    return new ConnectionStatus(connection.id(), connection.from(), connection.to(), state);
  }
}
