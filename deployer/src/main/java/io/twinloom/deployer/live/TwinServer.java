package io.twinloom.deployer.live;

import java.net.URI;
import java.util.Optional;

/**
 * Offers a running twin to other processes. A local target mounts it while its twin runs, and knows
 * nothing of what it speaks.
 */
@FunctionalInterface
public interface TwinServer {

  /**
   * Starts to answer on loopback.
   *
   * @throws io.twinloom.model.TwinloomException if it cannot listen
   */
  Mounted mount(RunningProject running);

  /**
   * Where it is to be reached.
   *
   * @param fixed by the user; empty: a free one
   * @param former that of the last start, which is taken again if it is free
   */
  record Port(Optional<Integer> fixed, Optional<Integer> former) {

    /** Any free one. */
    public static final Port FREE = new Port(Optional.empty(), Optional.empty());
  }

  /** A server that answers until it is closed. */
  interface Mounted extends AutoCloseable {

    /** Where it is reached. */
    URI address();

    @Override
    void close();
  }
}
