package io.twinloom.deployer;

import java.util.Set;

/** Which events of a device are stored in a range already, in whatever tier. */
@FunctionalInterface
public interface StoredEvents {

  /**
   * The ids of events.
   *
   * @param from inclusive, in stored form
   * @param to inclusive
   */
  Set<String> of(String device, String from, String to);
}
