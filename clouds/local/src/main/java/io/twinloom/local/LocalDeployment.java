package io.twinloom.local;

import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The functions of a twin on its local clouds, and the connections that they use. */
final class LocalDeployment {

  private final LocalTwinSpec twin;
  private final Topology topology;
  private final Map<Provider, LocalCloud> clouds;
  private Connections connections = Connections.NONE;
  private Map<String, Map<String, String>> settings = Map.of();

  /**
   * @param topology what is to run of the twin's own
   */
  LocalDeployment(LocalTwinSpec twin, Topology topology, Map<Provider, LocalCloud> clouds) {
    this.twin = twin;
    this.topology = topology;
    this.clouds = clouds;
  }

  /** Makes all functions, on the clouds where the topology places them. */
  synchronized void make(Connections initial) {
    connections = initial;
    settings = settings(initial);
    for (DeployedFunction function : topology.functions()) {
      functions(function).add(function, own(settings, function));
      if (function.kind() == FunctionKind.EVENT_CHECKER) {
        // Actions that others deploy on a cloud: here, the cloud stands in for them.
        LocalEvents.foreignWithCode(twin)
            .forEach(name -> functions(function).addAction(name, own(settings, function)));
      }
    }
  }

  /**
   * Makes those functions anew that other connections give other settings, the receivers first.
   *
   * @return completes when no run of a former one is under way any more
   */
  synchronized CompletableFuture<Void> use(Connections changed) {
    Map<String, Map<String, String>> other = settings(changed);
    List<CompletableFuture<Void>> left = new ArrayList<>();
    topology.functions().stream()
        .filter(f -> !own(settings, f).equals(own(other, f)))
        .sorted(Comparator.comparing(DeployedFunction::exposed).reversed())
        .forEach(f -> left.add(functions(f).change(f, own(other, f))));
    connections = changed;
    settings = other;
    return CompletableFuture.allOf(left.toArray(CompletableFuture<?>[]::new));
  }

  /** How each connection is, as those that send over it have found its receiver. */
  synchronized Map<String, CircuitBreaker.State> circuits() {
    Map<String, CircuitBreaker.State> states = new LinkedHashMap<>();
    for (Connection c : topology.connections()) {
      Connections.Connection known = connections.byId().get(c.id());
      LocalCloud sender = clouds.get(c.from());
      if (known != null && sender != null) {
        states.put(c.id(), sender.circuits().state(known.url()));
      }
    }
    return states;
  }

  private Map<String, Map<String, String>> settings(Connections of) {
    return LocalEvents.settings(twin, topology, FunctionSettings.of(twin.project(), topology, of));
  }

  private static Map<String, String> own(
      Map<String, Map<String, String>> settings, DeployedFunction function) {
    return settings.getOrDefault(function.name(), Map.of());
  }

  private LocalFunctions functions(DeployedFunction function) {
    LocalCloud cloud = clouds.get(function.cloud());
    if (cloud == null) {
      throw new IllegalStateException(function.cloud() + " has not started");
    }
    return cloud.functions();
  }
}
