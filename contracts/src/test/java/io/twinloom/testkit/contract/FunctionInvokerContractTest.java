package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.FakeInvoker;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** The invoker of the functions' own tests does what a cloud's does, once it runs its events. */
class FunctionInvokerContractTest implements FunctionInvokerContract {

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final FakeInvoker invoker = new FakeInvoker().runningOn(threads);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Override
  public void define(String name, UnaryOperator<JsonObject> code) {
    invoker.define(name, code);
  }

  @Override
  public List<DeadLetter> deadLetters() {
    return invoker.deadLetters();
  }

  @Override
  public FunctionInvoker invoker() {
    return invoker;
  }
}
