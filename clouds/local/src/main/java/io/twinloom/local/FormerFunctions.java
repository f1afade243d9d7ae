package io.twinloom.local;

import io.twinloom.local.invoke.WaitingEvents;
import io.twinloom.model.Provider;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The functions that a twin has no more and for which something may still wait: they go once
 * nothing does. Safe for threads.
 */
final class FormerFunctions {

  private static final long LOOK_MILLIS = 500;

  /**
   * How often an event may go to another cloud before it comes to a function: from layer 1 to layer
   * 2, and back as a command.
   */
  private static final int CROSSINGS = 2;

  private final Map<Provider, LocalCloud> clouds;
  private final Consumer<DeployedFunction> remove;
  private final Runnable removed;
  private final List<DeployedFunction> leaving = new ArrayList<>();
  private final Map<Provider, Long> settled = new HashMap<>();
  private final Map<Provider, Long> looked = new HashMap<>();
  private int changing;
  private int crossings;

  /**
   * @param remove has a function not run any more
   * @param removed called after all that left are removed
   */
  FormerFunctions(
      Map<Provider, LocalCloud> clouds, Consumer<DeployedFunction> remove, Runnable removed) {
    this.clouds = clouds;
    this.remove = remove;
    this.removed = removed;
  }

  /** Functions that another version of the twin has no more; those that it has again stay. */
  synchronized void add(List<DeployedFunction> gone, Topology present) {
    leaving.removeIf(f -> present.function(f.id()).isPresent());
    leaving.addAll(gone);
  }

  synchronized boolean isEmpty() {
    return leaving.isEmpty();
  }

  /** Those that have not gone yet. */
  synchronized List<DeployedFunction> all() {
    return List.copyOf(leaving);
  }

  /** The functions are about to be those of another version. */
  synchronized void begin() {
    changing++;
    settled.clear();
    looked.clear();
    crossings = 0;
  }

  /** Nothing runs any more that began with the settings of the version before. */
  synchronized void settle() {
    changing--;
    if (changing == 0) {
      settled.putAll(last());
      looked.putAll(settled);
    }
  }

  private Map<Provider, Long> last() {
    Map<Provider, Long> numbers = new HashMap<>();
    clouds.forEach(
        (provider, cloud) -> numbers.put(provider, new WaitingEvents(cloud.database()).last()));
    return numbers;
  }

  /**
   * How many events wait on a cloud for some functions, or may still be passed on to them, by the
   * function that they came for.
   */
  synchronized SortedMap<String, Long> waiting(Provider cloud, Set<String> functions) {
    return waiting(cloud, functions, settled);
  }

  private SortedMap<String, Long> waiting(
      Provider cloud, Set<String> functions, Map<Provider, Long> upTo) {
    LocalCloud there = clouds.get(cloud);
    if (there == null) {
      throw new IllegalStateException(cloud + " does not run");
    }
    return new WaitingEvents(there.database())
        .of(functions, upTo.getOrDefault(cloud, Long.MAX_VALUE));
  }

  /** Removes what leaves as soon as that may be, from now on. */
  void lookBy(ScheduledExecutorService timer) {
    var unused =
        timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      if (removeIdle()) {
        removed.run();
      }
    } catch (RuntimeException ignored) {
      // A store that cannot be read now may be soon; a timer calls what has failed never again.
    }
  }

  /**
   * Removes them once nothing waits for any of them: one may be what another sends to. What was on
   * its way on another cloud at one look may have come from there by the next.
   */
  private synchronized boolean removeIdle() {
    if (leaving.isEmpty() || changing > 0) {
      return false;
    }
    Map<Provider, Set<String>> names = new HashMap<>();
    clouds.keySet().forEach(cloud -> names.put(cloud, new HashSet<>()));
    leaving.forEach(f -> names.computeIfAbsent(f.cloud(), c -> new HashSet<>()).add(f.name()));
    if (!names.entrySet().stream()
        .allMatch(e -> waiting(e.getKey(), e.getValue(), looked).isEmpty())) {
      return false;
    }
    if (crossings < CROSSINGS) {
      crossings++;
      looked.putAll(last());
      return false;
    }
    leaving.forEach(remove);
    leaving.clear();
    return true;
  }
}
