package io.twinloom.testkit.contract;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.Workflows;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Threads fulfil the contract: so the contract can be fulfilled. */
class WorkflowsContractTest implements WorkflowsContract {

  private static final int ATTEMPTS = 3;

  private final Map<String, UnaryOperator<JsonObject>> functions = new ConcurrentHashMap<>();
  private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Override
  public void define(String name, UnaryOperator<JsonObject> code) {
    functions.put(name, code);
  }

  @Override
  public Workflows workflows() {
    return (workflow, run) -> threads.execute(() -> run(workflow, run));
  }

  @Override
  public String workflow() {
    return "plant-workflow";
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return letters;
  }

  private void run(String workflow, Workflows.Run run) {
    JsonObject given = run.input();
    for (String name : run.functions()) {
      int failures = 0;
      Optional<JsonObject> result = Optional.empty();
      while (result.isEmpty()) {
        try {
          UnaryOperator<JsonObject> code = functions.get(name);
          if (code == null) {
            throw new IllegalStateException("there is none");
          }
          result = Optional.of(code.apply(given));
        } catch (IllegalStateException e) {
          failures++;
          if (failures == ATTEMPTS) {
            String trace = run.input().text("trace_id").orElse("");
            String error = name + ": " + e.getMessage();
            letters.add(new DeadLetter(workflow, run.toJson(), error, failures, trace));
            return;
          }
        }
      }
      given = run.input().toBuilder().put("result", result.get()).build();
    }
  }
}
