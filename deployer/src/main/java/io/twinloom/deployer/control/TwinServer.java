package io.twinloom.deployer.control;

import java.net.URI;
import java.util.function.Consumer;

/**
 * Offers a running twin to other processes. A local target mounts it while its twin runs, and knows
 * nothing of what it speaks.
 */
@FunctionalInterface
public interface TwinServer {

  /**
   * Starts to answer on loopback.
   *
   * @param stop ends the process, and takes which command asked for that; run after its caller was
   *     answered
   * @throws io.twinloom.model.TwinloomException if it cannot listen
   */
  Mounted mount(TwinControl twin, Consumer<String> stop);

  /** A server that answers until it is closed. */
  interface Mounted extends AutoCloseable {

    /** Where it is reached. */
    URI address();

    @Override
    void close();
  }
}
