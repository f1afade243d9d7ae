package io.twinloom.local.invoke;

/**
 * A running event that holds what its function invokes, until that is done: so it is as safe on
 * disk as its cause, and needs no place of its own.
 */
@FunctionalInterface
public interface EventScope {

  /**
   * Invokes a function asynchronously.
   *
   * @throws io.twinloom.functions.port.InvocationException if it cannot be kept
   */
  void invokeLater(String function, byte[] event);
}
