package io.twinloom.local;

import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.model.Connections;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.FunctionSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The functions of a twin on its local clouds, and the connections that they use. */
final class LocalDeployment {

  private final Map<Provider, LocalCloud> clouds;
  private final FormerFunctions leaving;
  private LocalTwinSpec twin;
  private Connections connections = Connections.NONE;
  private Map<FunctionId, Map<String, String>> settings = Map.of();

  LocalDeployment(LocalTwinSpec twin, Map<Provider, LocalCloud> clouds) {
    this.twin = twin;
    this.clouds = clouds;
    this.leaving = new FormerFunctions(clouds, this::useWithoutFormer, this::removed);
  }

  /**
   * Makes all functions, on the clouds where the topology places them, and those that only former
   * versions have: they go once nothing waits for them.
   *
   * @param connecting gives the connections of a version
   */
  synchronized void make(Connections initial, Function<LocalTwinSpec, Connections> connecting) {
    leaving.begin();
    connections = initial;
    Set<FunctionId> made = new HashSet<>();
    twin.topology().functions().forEach(f -> made.add(f.id()));
    for (LocalTwinSpec version : twin.former()) {
      List<DeployedFunction> gone =
          version.topology().functions().stream()
              .filter(f -> !isOfTier(f) && made.add(f.id()))
              .toList();
      Map<FunctionId, Map<String, String>> own = settings(version, connecting.apply(version));
      gone.forEach(f -> functions(f).add(f, own(own, f)));
      leaving.add(gone, twin.topology());
    }
    settings = settings(twin, initial);
    twin.topology().functions().forEach(this::add);
    leaving.settle();
  }

  /** The functions that the twin has no more. */
  FormerFunctions leaving() {
    return leaving;
  }

  private CompletableFuture<Void> add(DeployedFunction function) {
    List<CompletableFuture<Void>> former = new ArrayList<>();
    former.add(functions(function).add(function, own(settings, function)));
    if (function.kind() == FunctionKind.EVENT_CHECKER) {
      // Actions that others deploy on a cloud: here, the cloud stands in for them.
      LocalEvents.foreignWithCode(twin)
          .forEach(
              name -> former.add(functions(function).addAction(name, own(settings, function))));
    }
    return all(former);
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<Void>> of) {
    return CompletableFuture.allOf(of.toArray(CompletableFuture<?>[]::new));
  }

  /**
   * Has the functions be those of another version of the twin on the same clouds: each is made anew
   * whose settings are others. Those that are new come first, since others will call them, then the
   * receivers, which take what senders sent before and will send. What is behind layer 1 comes
   * before it, so that no message is let in that a function behind does not know yet. A receiver of
   * a tier that the twin has no more is removed once nothing is under way that may call it, any
   * other function once nothing waits for it.
   *
   * @return completes when no run of a former function is under way any more
   */
  synchronized CompletableFuture<Void> become(LocalTwinSpec next, Connections changed) {
    leaving.begin();
    List<DeployedFunction> gone = new ArrayList<>(twin.topology().functions());
    gone.removeIf(f -> next.topology().function(f.id()).isPresent());
    Map<FunctionId, Map<String, String>> former = settings;
    twin = next;
    connections = changed;
    leaving.add(gone.stream().filter(f -> !isOfTier(f)).toList(), next.topology());
    settings = settings(next, changed);
    List<CompletableFuture<Void>> left = new ArrayList<>();
    next.topology().functions().stream()
        .filter(f -> !former.containsKey(f.id()) || !own(settings, f).equals(own(former, f)))
        .sorted(
            Comparator.<DeployedFunction, Boolean>comparing(f -> former.containsKey(f.id()))
                .thenComparing(f -> !f.exposed())
                .thenComparing(Comparator.comparingInt(LocalDeployment::behind).reversed()))
        .forEach(f -> left.add(add(f)));
    return all(left)
        .thenCompose(done -> removed(gone.stream().filter(LocalDeployment::isOfTier).toList()))
        .thenRun(leaving::settle);
  }

  /**
   * Removes functions that nobody calls any more, unless the twin has them again by now, or had
   * them in between and something may wait for them.
   */
  private synchronized CompletableFuture<Void> removed(List<DeployedFunction> gone) {
    Set<FunctionId> needed =
        leaving.all().stream().map(DeployedFunction::id).collect(Collectors.toSet());
    return all(
        gone.stream()
            .filter(f -> twin.topology().function(f.id()).isEmpty())
            .filter(f -> !needed.contains(f.id()))
            .map(f -> functions(f).remove(f))
            .toList());
  }

  /** How many layers are before it on the way to it: commands go from layer 2 to layer 1. */
  private static int behind(DeployedFunction f) {
    return f.kind() == FunctionKind.FEEDBACK_GATEWAY ? Layer.values().length : f.layer().ordinal();
  }

  private static boolean isOfTier(DeployedFunction f) {
    return f.layer().isTier() && FunctionSpec.of(f.kind()).receiver().isPresent();
  }

  /**
   * Makes those functions anew that other connections give other settings, the receivers first.
   *
   * @return completes when no run of a former one is under way any more
   */
  synchronized CompletableFuture<Void> use(Connections changed) {
    Map<FunctionId, Map<String, String>> other = settings(twin, changed);
    List<CompletableFuture<Void>> left = new ArrayList<>();
    twin.topology().functions().stream()
        .filter(f -> !own(settings, f).equals(own(other, f)))
        .sorted(Comparator.comparing(DeployedFunction::exposed).reversed())
        .forEach(f -> left.add(functions(f).change(f, own(other, f))));
    connections = changed;
    settings = other;
    return all(left);
  }

  /** What names functions of former versions that are about to go is made anew without them. */
  private synchronized CompletableFuture<Void> useWithoutFormer() {
    return use(connections);
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

  private Map<FunctionId, Map<String, String>> settings(LocalTwinSpec of, Connections with) {
    return LocalEvents.settings(
        of, of.topology(), FunctionSettings.of(of.project(), of.topology(), with, leaving.all()));
  }

  private static Map<String, String> own(
      Map<FunctionId, Map<String, String>> settings, DeployedFunction function) {
    return settings.getOrDefault(function.id(), Map.of());
  }

  private LocalFunctions functions(DeployedFunction function) {
    LocalCloud cloud = clouds.get(function.cloud());
    if (cloud == null) {
      throw new IllegalStateException(function.cloud() + " has not started");
    }
    return cloud.functions();
  }
}
