package io.twinloom.functions.fake;

import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Remembers what is to be invoked later, and calls what the test defines. */
public final class FakeInvoker implements FunctionInvoker {

  /** Something that is to run later. */
  public record Later(String function, JsonObject event) {}

  private final List<Later> later = new ArrayList<>();
  private final Map<String, UnaryOperator<JsonObject>> functions = new HashMap<>();
  private final Map<String, Reason> failing = new HashMap<>();
  private final List<String> traces = new ArrayList<>();
  private boolean down;

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

  /** From now on all is well again. */
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

  @Override
  public void invokeLater(String function, JsonObject event) {
    if (down) {
      throw InvocationException.unavailable("The queue is full.", function, "Try again.");
    }
    Reason reason = failing.get(function);
    if (reason != null) {
      throw InvocationException.of(reason, "It cannot: " + function, function, "Add it.");
    }
    // As it is where an event crosses a process on its way: what cannot be written fails here.
    later.add(new Later(function, Json.parseObject(Json.bytes(event))));
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
    UnaryOperator<JsonObject> code = functions.get(function);
    if (code == null) {
      throw InvocationException.unknown("There is no function " + function, function, "Add it.");
    }
    return code.apply(event);
  }
}
