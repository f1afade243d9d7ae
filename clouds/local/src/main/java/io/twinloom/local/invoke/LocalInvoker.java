package io.twinloom.local.invoke;

import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How functions of one local cloud invoke each other: over the queue, or directly. */
public final class LocalInvoker implements FunctionInvoker {

  private final FunctionHost host;
  private final InvocationQueue queue;

  public LocalInvoker(FunctionHost host, InvocationQueue queue) {
    this.host = host;
    this.queue = queue;
  }

  @Override
  public void invokeLater(String function, JsonObject event) {
    host.check(function);
    queue.invokeLater(function, List.of(event));
  }

  @Override
  public Optional<InvocationException> whyFull() {
    return queue.whyFull();
  }

  /** {@inheritDoc} What one function is invoked with is written together. */
  @Override
  public List<List<Optional<InvocationException>>> handOn(List<List<Handed>> byCause) {
    Map<String, List<JsonObject>> byFunction = new LinkedHashMap<>();
    for (List<Handed> caused : byCause) {
      for (Handed handed : caused) {
        byFunction
            .computeIfAbsent(handed.function(), name -> new ArrayList<>())
            .add(handed.event());
      }
    }
    Map<String, InvocationException> refused = new HashMap<>();
    byFunction.forEach((function, events) -> write(function, events, refused));
    return byCause.stream()
        .map(
            caused ->
                caused.stream()
                    .map(handed -> Optional.ofNullable(refused.get(handed.function())))
                    .toList())
        .toList();
  }

  private void write(
      String function, List<JsonObject> events, Map<String, InvocationException> refused) {
    Optional<InvocationException> unknown = host.unknown(function);
    if (unknown.isPresent()) {
      refused.put(function, unknown.get());
      return;
    }
    try {
      queue.invokeLater(function, events);
    } catch (InvocationException e) {
      refused.put(function, e);
    }
  }

  @Override
  public JsonObject call(String function, JsonObject event) {
    return host.call(function, event);
  }

  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    return host.call(function, event, trace);
  }

  @Override
  public List<Called> callAll(String function, List<Call> calls) {
    return host.callAll(function, calls);
  }
}
