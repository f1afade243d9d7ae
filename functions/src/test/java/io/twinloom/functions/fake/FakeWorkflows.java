package io.twinloom.functions.fake;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.Workflows;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/** Remembers the runs that were started; with {@link #runningOn} it also runs them. */
public final class FakeWorkflows implements Workflows {

  /** A run that was started. */
  public record Started(String workflow, Run run) {}

  private static final int ATTEMPTS = 3;

  private final List<Started> started = new CopyOnWriteArrayList<>();
  private final Map<String, UnaryOperator<JsonObject>> functions = new ConcurrentHashMap<>();
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
  private Optional<Executor> threads = Optional.empty();
  private Optional<Reason> failing = Optional.empty();

  /** From now on runs run there. */
  public FakeWorkflows runningOn(Executor executor) {
    threads = Optional.of(executor);
    return this;
  }

  /** A function that a run may name. */
  public void define(String function, UnaryOperator<JsonObject> code) {
    functions.put(function, code);
  }

  /** The runs of which a function has failed in every attempt. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** From now on none can be started. */
  public void fail(Reason reason) {
    failing = Optional.of(reason);
  }

  public List<Started> started() {
    return List.copyOf(started);
  }

  @Override
  public void start(String workflow, Run run) {
    if (failing.isPresent()) {
      throw InvocationException.of(failing.get(), "No workflow", workflow, "Add it.");
    }
    started.add(new Started(workflow, run));
    threads.ifPresent(executor -> executor.execute(() -> run(workflow, run)));
  }

  private void run(String workflow, Run run) {
    JsonObject given = run.input();
    for (String function : run.functions()) {
      Optional<JsonObject> result = step(workflow, run, function, given);
      if (result.isEmpty()) {
        return;
      }
      given = run.input().toBuilder().put("result", result.get()).build();
    }
  }

  private Optional<JsonObject> step(String workflow, Run run, String function, JsonObject given) {
    String error = "there is none";
    for (int attempt = 1; attempt <= ATTEMPTS && functions.containsKey(function); attempt++) {
      try {
        return Optional.of(functions.get(function).apply(given));
      } catch (RuntimeException e) {
        error = String.valueOf(e.getMessage());
      }
    }
    String trace = run.input().text("trace_id").orElse("");
    deadLetters.add(
        new DeadLetter(workflow, run.toJson(), function + ": " + error, ATTEMPTS, trace));
    return Optional.empty();
  }
}
