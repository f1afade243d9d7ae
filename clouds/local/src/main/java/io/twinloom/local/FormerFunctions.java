package io.twinloom.local;

import io.twinloom.local.invoke.WaitingEvents;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
  private final Supplier<CompletableFuture<Void>> renewSettings;
  private final Consumer<List<DeployedFunction>> remove;
  private final List<DeployedFunction> leaving = new ArrayList<>();
  private final Map<Provider, Long> settled = new HashMap<>();
  private final Map<Provider, Long> looked = new HashMap<>();
  private final AtomicBoolean failing = new AtomicBoolean();
  private int changing;
  private int crossings;

  /**
   * @param renewSettings gives other functions settings that name none but those that have not
   *     gone; completes when nothing is under way any more that may call the others
   * @param remove has functions not run any more
   */
  FormerFunctions(
      Map<Provider, LocalCloud> clouds,
      Supplier<CompletableFuture<Void>> renewSettings,
      Consumer<List<DeployedFunction>> remove) {
    this.clouds = clouds;
    this.renewSettings = renewSettings;
    this.remove = remove;
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
      List<DeployedFunction> idle = takeIdle();
      if (!idle.isEmpty()) {
        removeUnnamed(idle);
      }
    } catch (RuntimeException ignored) {
      // A store that cannot be read now may be soon; a timer calls what has failed never again.
    }
  }

  /**
   * They are removed only once no function is named to another that is not there. Where that fails,
   * they stay, and the next look tries again.
   */
  private void removeUnnamed(List<DeployedFunction> idle) {
    var unused =
        CompletableFuture.<Void>completedFuture(null)
            .thenCompose(now -> renewSettings.get())
            .thenRun(() -> remove.accept(idle))
            .thenRun(() -> failing.set(false))
            .exceptionally(
                failure -> {
                  takeBack(idle);
                  warnOnce(failure);
                  return null;
                });
  }

  /** Not at each look. */
  private void warnOnce(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String why =
        cause instanceof TwinloomException known
            ? known.what()
            : "an internal error, " + cause.getClass().getSimpleName();
    if (!failing.getAndSet(true)) {
      clouds.values().stream()
          .findFirst()
          .ifPresent(
              cloud ->
                  cloud.warn(
                      "Functions of a former version are not removed yet, which is tried again: "
                          + why));
    }
  }

  private synchronized void takeBack(List<DeployedFunction> idle) {
    leaving.addAll(idle);
  }

  /**
   * Takes those that leave once nothing waits for any of them: one may be what another sends to.
   * What was on its way on another cloud at one look may have come from there by the next.
   */
  private synchronized List<DeployedFunction> takeIdle() {
    if (leaving.isEmpty() || changing > 0) {
      return List.of();
    }
    Map<Provider, Set<String>> names = new HashMap<>();
    clouds.keySet().forEach(cloud -> names.put(cloud, new HashSet<>()));
    leaving.forEach(f -> names.computeIfAbsent(f.cloud(), c -> new HashSet<>()).add(f.name()));
    if (!names.entrySet().stream()
        .allMatch(e -> waiting(e.getKey(), e.getValue(), looked).isEmpty())) {
      return List.of();
    }
    if (crossings < CROSSINGS) {
      crossings++;
      looked.putAll(last());
      return List.of();
    }
    List<DeployedFunction> idle = all();
    leaving.clear();
    return idle;
  }
}
