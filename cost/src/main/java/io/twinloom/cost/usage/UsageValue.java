package io.twinloom.cost.usage;

import io.twinloom.cost.estimate.Estimate;

/**
 * A number of the usage.
 *
 * @param detail what else should be known of its origin, such as the window it was measured in; may
 *     be empty
 */
public record UsageValue(Estimate value, Origin origin, String detail) {

  /** A value whose origin needs no more words. */
  public static UsageValue of(Estimate value, Origin origin) {
    return new UsageValue(value, origin, "");
  }
}
