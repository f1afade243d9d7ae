package io.twinloom.functions.fake;

import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Remembers what is to be invoked later, and calls what the test defines. With {@link #runningOn}
 * it also runs what it remembers, as a cloud does.
 */
public final class FakeInvoker implements FunctionInvoker {

  /** Something that is to run later. */
  public record Later(String function, JsonObject event) {}

  private static final int ATTEMPTS = 3;

  private final List<Later> later = new CopyOnWriteArrayList<>();
  private final Map<String, UnaryOperator<JsonObject>> functions = new ConcurrentHashMap<>();
  private final Map<String, Reason> failing = new ConcurrentHashMap<>();
  private final List<String> traces = new CopyOnWriteArrayList<>();
  private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
  private Optional<Executor> threads = Optional.empty();
  private volatile boolean down;
  private volatile boolean full;

  /** From now on what is invoked later runs there, and must have been defined. */
  public FakeInvoker runningOn(Executor executor) {
    threads = Optional.of(executor);
    return this;
  }

  /** What has failed in every attempt. */
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }

  /** A function that can be called. */
  public void define(String function, UnaryOperator<JsonObject> code) {
    functions.put(function, code);
  }

  /** From now on nothing can be kept. */
  public void breakDown() {
    down = true;
  }

  /** From now on this function cannot be invoked. */
  public void fails(String function, Reason reason) {
    failing.put(function, reason);
  }

  /** From now on every call succeeds again. */
  public void repair() {
    down = false;
  }

  public List<Later> later() {
    return List.copyOf(later);
  }

  /** The only thing that is to run later. */
  public Later onlyLater() {
    if (later.size() != 1) {
      throw new AssertionError("expected one invocation, found " + later);
    }
    return later.getFirst();
  }

  /** From now on it says beforehand that nothing can be kept. */
  public void fill() {
    full = true;
  }

  @Override
  public Optional<InvocationException> whyFull() {
    return full ? Optional.of(refusal("")) : Optional.empty();
  }

  private static InvocationException refusal(String function) {
    return InvocationException.unavailable("The queue is full.", function, "Try again.");
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    if (down) {
      throw refusal(function);
    }
    Reason reason = failing.get(function);
    if (reason != null) {
      throw InvocationException.of(reason, "It cannot: " + function, function, "Add it.");
    }
    // As it is where an event crosses a process on its way: what cannot be written fails here.
    Later added = new Later(function, Json.parseObject(Json.bytes(event)));
    threads.ifPresent(
        executor -> {
          UnaryOperator<JsonObject> code = code(function);
          executor.execute(() -> run(code, added));
        });
    later.add(added);
  }

  private void run(UnaryOperator<JsonObject> code, Later event) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        code.apply(event.event());
        return;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS) {
          String error = String.valueOf(e.getMessage());
          deadLetters.add(new DeadLetter(event.function(), event.event(), error, attempt, ""));
        }
      }
    }
  }

  private UnaryOperator<JsonObject> code(String function) {
    UnaryOperator<JsonObject> code = functions.get(function);
    if (code == null) {
      throw InvocationException.unknown("There is no function " + function, function, "Add it.");
    }
    return code;
  }

  /** The traces that functions were called with. */
  public List<String> traces() {
    return List.copyOf(traces);
  }

  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    traces.add(trace);
    return call(function, event);
  }

  @Override
  public JsonObject call(String function, JsonObject event) {
    UnaryOperator<JsonObject> code = code(function);
    try {
      return code.apply(event);
    } catch (TwinloomException e) {
      throw e;
    } catch (RuntimeException e) {
      throw InvocationException.failed("It failed: " + e.getMessage(), function, "Fix it.", e);
    }
  }
}
