package io.twinloom.local;

import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The functions of a twin on its local clouds, and the connections that they use. */
final class LocalDeployment {

  private final Map<Provider, LocalCloud> clouds;
  private LocalTwinSpec twin;
  private Connections connections = Connections.NONE;
  private Map<String, Map<String, String>> settings = Map.of();

  LocalDeployment(LocalTwinSpec twin, Map<Provider, LocalCloud> clouds) {
    this.twin = twin;
    this.clouds = clouds;
  }

  /** Makes all functions, on the clouds where the topology places them. */
  synchronized void make(Connections initial) {
    connections = initial;
    settings = settings(twin, initial);
    twin.topology().functions().forEach(this::add);
  }

  private void add(DeployedFunction function) {
    functions(function).add(function, own(settings, function));
    if (function.kind() == FunctionKind.EVENT_CHECKER) {
      // Actions that others deploy on a cloud: here, the cloud stands in for them.
      LocalEvents.foreignWithCode(twin)
          .forEach(name -> functions(function).addAction(name, own(settings, function)));
    }
  }

  /**
   * Has the functions be those of another version of the twin on the same clouds: each is made anew
   * whose settings are others, what is behind layer 1 before it, so that no message is let in that
   * a function behind does not know yet. A function that the twin has no more stays until the next
   * start: what is queued for it still runs.
   */
  synchronized void become(LocalTwinSpec next, Connections changed) {
    Map<String, Map<String, String>> former = settings;
    twin = next;
    connections = changed;
    settings = settings(next, changed);
    next.topology().functions().stream()
        .filter(f -> !former.containsKey(f.name()) || !own(settings, f).equals(own(former, f)))
        .sorted(Comparator.comparing(DeployedFunction::layer).reversed())
        .forEach(this::add);
  }

  /**
   * Makes those functions anew that other connections give other settings, the receivers first.
   *
   * @return completes when no run of a former one is under way any more
   */
  synchronized CompletableFuture<Void> use(Connections changed) {
    Map<String, Map<String, String>> other = settings(twin, changed);
    List<CompletableFuture<Void>> left = new ArrayList<>();
    twin.topology().functions().stream()
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
    for (Connection c : twin.topology().connections()) {
      Connections.Connection known = connections.byId().get(c.id());
      LocalCloud sender = clouds.get(c.from());
      if (known != null && sender != null) {
        states.put(c.id(), sender.circuits().state(known.url()));
      }
    }
    return states;
  }

  private static Map<String, Map<String, String>> settings(LocalTwinSpec of, Connections with) {
    return LocalEvents.settings(
        of, of.topology(), FunctionSettings.of(of.project(), of.topology(), with));
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
