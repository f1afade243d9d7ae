package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.FakeWorkflows;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.Workflows;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** The workflows of the functions' own tests do what a cloud's do, once they run. */
class WorkflowsContractTest implements WorkflowsContract {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final FakeWorkflows workflows = new FakeWorkflows().runningOn(threads);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Override
  public void define(String name, UnaryOperator<JsonObject> code) {
    workflows.define(name, code);
  }

  @Override
  public Workflows workflows() {
    return workflows;
  }

  @Override
  public String workflow() {
    return "plant-workflow";
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return workflows.deadLetters();
  }
}
