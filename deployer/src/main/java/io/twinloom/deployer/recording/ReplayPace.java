package io.twinloom.deployer.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the messages of a recording are published again.
 *
 * @param speed how many times faster than they were recorded; empty: one after the other, without
 *     waiting
 */
public record ReplayPace(Optional<Double> speed) {

  /** As fast as the twin takes them. */
  public static final ReplayPace ASAP = new ReplayPace(Optional.empty());

  public ReplayPace {
    if (speed.filter(s -> !(s > 0 && s <= 1_000_000)).isPresent()) {
      throw new IllegalArgumentException("a speed is above 0 and at most 1,000,000");
    }
  }

  /**
   * How long after the first message one is due.
   *
   * @param first when the first was recorded
   * @param recorded when this one was
   */
  public Duration due(Instant first, Instant recorded) {
    long nanos = Math.max(0, Duration.between(first, recorded).toNanos());
    return speed.map(s -> Duration.ofNanos((long) (nanos / s))).orElse(Duration.ZERO);
  }
}
