package io.twinloom.local.invoke;

import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;

/**
 * How functions of one local cloud invoke each other: asynchronously over the queue, which has them
 * serialised as between those of a real cloud, and directly.
 */
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
    queue.invokeLater(function, Json.bytes(event));
  }

  @Override
  public JsonObject call(String function, JsonObject event) {
    return host.call(function, event);
  }

  @Override
  public JsonObject call(String function, JsonObject event, String trace) {
    return host.call(function, event, trace);
  }
}
