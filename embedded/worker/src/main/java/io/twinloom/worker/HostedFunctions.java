package io.twinloom.worker;

import io.twinloom.worker.WorkerFunction.Language;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@link WorkerPools} by their names, each in its present version, and the pools
 * that serve them. Guarded by the lock there.
 */
final class HostedFunctions {

  /** Makes a pool for functions in a language. */
  private final Function<Language, WorkerPool> maker;

  private final WorkerPool java;
  private final Map<String, HostedCode> present = new ConcurrentHashMap<>();
  private final Map<HostedCode, WorkerPool> pools = new HashMap<>();
  private final Set<HostedCode> loading = new HashSet<>();
  private final List<WorkerPool> allPools = new ArrayList<>();
  private int numbers;

  HostedFunctions(Function<Language, WorkerPool> maker) {
    this.maker = maker;
    this.java = maker.apply(new Language.Java());
    allPools.add(java);
  }

  /** A version of a function, which nobody finds by its name yet. */
  HostedCode host(WorkerFunction function) {
    HostedCode code = new HostedCode(numbers++, function);
    WorkerPool pool = java;
    if (function.language() instanceof Language.Python) {
      pool = maker.apply(function.language());
      allPools.add(pool);
    }
    pools.put(code, pool);
    loading.add(code);
    return code;
  }

  /** Has a version be found by its name from now on; returns the former one. */
  @Nullable HostedCode present(HostedCode code) {
    loading.remove(code);
    return present.put(code.name(), code);
  }

  /** The present version of a function; may be asked without the lock. */
  @Nullable HostedCode find(String name) {
    return present.get(name);
  }

  WorkerPool poolOf(HostedCode code) {
    WorkerPool pool = pools.get(code);
    if (pool == null) {
      throw new IllegalStateException("no pool of " + code.name());
    }
    return pool;
  }

  /** All pools, those of former versions included for as long as they have workers. */
  List<WorkerPool> pools() {
    return allPools;
  }

  /** Whether a pool serves neither a present version nor one that is being loaded. */
  boolean isUnused(WorkerPool pool) {
    return pool != java && !isLoading(pool) && !isPresent(pool);
  }

  /** Whether a pool serves a version that is being loaded. */
  boolean isLoading(WorkerPool pool) {
    return loading.stream().anyMatch(code -> pools.get(code) == pool);
  }

  private boolean isPresent(WorkerPool pool) {
    return present.values().stream().anyMatch(code -> pools.get(code) == pool);
  }

  /** A version is loaded, or never will be. */
  void loaded(HostedCode code) {
    loading.remove(code);
  }

  /** Forgets a pool that nobody uses any more and that has no worker and no call. */
  void forgetIfDone(WorkerPool pool) {
    if (pool.workers().isEmpty() && pool.waiting().isEmpty() && isUnused(pool)) {
      allPools.remove(pool);
      pools.values().removeIf(p -> p == pool);
    }
  }
}
