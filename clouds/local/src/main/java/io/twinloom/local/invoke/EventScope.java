package io.twinloom.local.invoke;

/**
 * A running event that holds what its function hands on, until that is done: so it is as safe on
 * disk as its cause, and needs no place of its own.
 */
@FunctionalInterface
public interface EventScope {

  /**
   * Hands an event on to a function.
   *
   * @throws io.twinloom.functions.port.InvocationException if it cannot be kept
   */
  void handOn(String function, byte[] event);
}
