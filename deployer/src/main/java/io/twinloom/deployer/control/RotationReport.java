package io.twinloom.deployer.control;

import java.util.List;

/** The connections that have a new token. */
public record RotationReport(List<Rotated> rotated) {
  public RotationReport {
    rotated = List.copyOf(rotated);
  }

  /**
   * A connection with a new token.
   *
   * @param formerValid whether the former token is valid still: where what sends is no function of
   *     the twin, nobody but the user knows when it has the new one
   */
  public record Rotated(String id, boolean formerValid) {}
}
