package io.twinloom.local.invoke;

import io.twinloom.functions.http.HostedFunction;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The system functions of a cloud by name, each of which can be replaced while it is called. */
final class FunctionRegistry {

  /** A function, and how many runs of it are under way. */
  static final class Registered {
    private final HostedFunction function;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private int running;
    private boolean replaced;
    private boolean removed;

    private Registered(HostedFunction function) {
      this.function = function;
    }

    HostedFunction function() {
      return function;
    }

    /** Begins a run, unless the function is replaced: its successor has to run then. */
    private synchronized boolean enter() {
      if (!replaced) {
        running++;
      }
      return !replaced;
    }

    private synchronized void leave() {
      running--;
      completeIfEnded();
    }

    private synchronized CompletableFuture<Void> replace() {
      replaced = true;
      completeIfEnded();
      return ended;
    }

    private synchronized CompletableFuture<Void> removed() {
      removed = true;
      completeIfEnded();
      return ended;
    }

    private void completeIfEnded() {
      if ((replaced || removed) && running == 0) {
        ended.complete(null);
      }
    }
  }

  private final Map<String, Registered> functions = new ConcurrentHashMap<>();

  /**
   * Registers a function, in place of the one that has its name if there is one.
   *
   * @return completes when no run of the former one is under way any more, and none can begin
   */
  CompletableFuture<Void> put(String name, HostedFunction function) {
    Registered former = functions.put(name, new Registered(function));
    return former == null ? CompletableFuture.completedFuture(null) : former.replace();
  }

  /**
   * Forgets a function that nobody calls any more: a run that has found it before is still made.
   *
   * @return completes when no run of it is under way
   */
  CompletableFuture<Void> remove(String name) {
    Registered former = functions.remove(name);
    return former == null ? CompletableFuture.completedFuture(null) : former.removed();
  }

  boolean has(String name) {
    return functions.containsKey(name);
  }

  Optional<Registered> find(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** Runs a function: the one that was found, or its successor where it is replaced by now. */
  <T> T run(String name, Registered found, Function<HostedFunction, T> call) {
    Registered current = found;
    while (!current.enter()) {
      current = functions.getOrDefault(name, current);
    }
    try {
      return call.apply(current.function);
    } finally {
      current.leave();
    }
  }
}
