package io.twinloom.local.deploy;

import io.twinloom.deployer.live.TwinServer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the local clouds as a target are made of; put together where the command is.
 *
 * @param server through which other processes ask a twin that runs in this one
 * @param clock the present
 * @param random of tokens and of what {@code verify} sends
 * @param environment of the command: its {@code PATH} has the Python whose libraries are installed
 * @param progress takes what the start of a twin waits for
 */
public record LocalWiring(
    TwinServer server,
    InstantSource clock,
    SecureRandom random,
    Map<String, String> environment,
    Consumer<String> progress) {
  public LocalWiring {
    environment = Map.copyOf(environment);
  }

  /** An id that no other thing has. */
  String newId() {
    return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
  }
}
