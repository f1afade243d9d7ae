package io.twinloom.mqtt;

import org.jspecify.annotations.Nullable;

/** Decides who may connect. Called on the event loop, so it must not block. */
@FunctionalInterface
public interface Authenticator {

  /** Lets every client connect. */
  Authenticator ANYBODY = (user, password) -> true;

  /**
   * Whether a client may connect.
   *
   * @param user as in its CONNECT; null where it names none
   * @param password as in its CONNECT; null where it has none
   */
  boolean allows(@Nullable String user, byte @Nullable [] password);
}
