package io.twinloom.deployer.control;

import io.twinloom.model.Provider;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far a marked measurement came.
 *
 * @param device the device that it was from
 */
public record VerifyReport(String device, List<Hop> hops) {
  public VerifyReport {
    hops = List.copyOf(hops);
  }

  /**
   * One function on the way.
   *
   * @param millis how long it took; empty where it did not come to it
   * @param detail what to know about it: why it stopped there, or what was found
   */
  public record Hop(
      String function,
      Provider cloud,
      boolean ok,
      OptionalDouble millis,
      Optional<String> detail) {}

  /** Whether it came all the way. */
  public boolean ok() {
    return !hops.isEmpty() && hops.stream().allMatch(Hop::ok);
  }
}
