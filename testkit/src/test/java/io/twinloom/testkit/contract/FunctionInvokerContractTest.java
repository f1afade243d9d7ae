package io.twinloom.testkit.contract;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Threads fulfil the contract: so the contract can be fulfilled. */
class FunctionInvokerContractTest implements FunctionInvokerContract {

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
  public List<DeadLetter> deadLetters() {
    return letters;
  }

  @Override
  public FunctionInvoker invoker() {
    return new FunctionInvoker() {
      @Override
      public void invokeLater(String function, JsonObject event) {
        UnaryOperator<JsonObject> code = code(function);
        threads.execute(() -> run(function, code, event));
      }

      @Override
      public JsonObject call(String function, JsonObject event) {
        UnaryOperator<JsonObject> code = code(function);
        try {
          return code.apply(event);
        } catch (RuntimeException e) {
          throw InvocationException.failed("It failed", function, "", e);
        }
      }
    };
  }

  private void run(String function, UnaryOperator<JsonObject> code, JsonObject event) {
    for (int attempt = 1; ; attempt++) {
      try {
        code.apply(event);
        return;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS) {
          letters.add(new DeadLetter(function, event, "it fails", attempt, ""));
          return;
        }
      }
    }
  }

  private UnaryOperator<JsonObject> code(String function) {
    UnaryOperator<JsonObject> code = functions.get(function);
    if (code == null) {
      throw InvocationException.unknown("Unknown", function, "");
    }
    return code;
  }
}
