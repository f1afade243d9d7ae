package io.twinloom.functions.port;

import io.twinloom.json.JsonObject;

/** Invokes other functions of the same cloud, by name, without waiting for them. */
@FunctionalInterface
public interface AsyncInvoker {

  /**
   * Invokes a function asynchronously, at least once; failures are tried again and end as a dead
   * letter. When this returns, the event is at least as safe as what caused it: the caller may
   * report success.
   *
   * @throws InvocationException if the function is unknown or the event cannot be kept
   */
  void invokeLater(String function, JsonObject event);
}
