package io.twinloom.deployer;

import io.twinloom.model.Connections;

/** Has the functions of a deployed twin use other tokens. */
@FunctionalInterface
public interface TokenSwitch {

  /**
   * Looks whether tokens can be switched, before anything is written down; changes nothing.
   *
   * @throws io.twinloom.model.TwinloomException if more than the tokens would change
   */
  default void check() {}

  /**
   * Gives receivers and senders these connections, the receivers first; returns when no call is
   * under way that was made with former ones.
   *
   * @throws io.twinloom.model.TwinloomException if that takes too long
   */
  void use(Connections connections);
}
