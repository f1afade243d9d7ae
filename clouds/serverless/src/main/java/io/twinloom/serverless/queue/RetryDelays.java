package io.twinloom.serverless.queue;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * When an event comes again.
 *
 * @param random for the delays of what was put off, so that it does not come all at once
 * @param longestPutOff after this being put off counts as a failure
 */
public record RetryDelays(LongSupplier random, Duration longestPutOff) {

  /** How often an event is tried. */
  public static final int ATTEMPTS = 3;

  /** What being put off is counted from as a failure, unless a setting says otherwise. */
  public static final Duration USUAL_LONGEST = Duration.ofHours(6);

  private static final List<Duration> AFTER_FAILURE =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

  private static final List<Duration> PUT_OFF =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(4),
          Duration.ofMinutes(8),
          Duration.ofMinutes(15));

  /**
   * @param failures at least 1
   */
  Duration afterFailure(int failures) {
    return AFTER_FAILURE.get(Math.min(failures, AFTER_FAILURE.size()) - 1);
  }

  /**
   * @param times how often it is put off with this one
   */
  Duration afterPutOff(int times) {
    Duration longest = PUT_OFF.get(Math.min(times, PUT_OFF.size()) - 1);
    long half = Math.max(1, longest.toSeconds() / 2);
    return Duration.ofSeconds(longest.toSeconds() - Math.floorMod(random.getAsLong(), half));
  }
}
