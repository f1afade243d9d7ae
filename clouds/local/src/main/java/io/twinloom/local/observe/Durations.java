package io.twinloom.local.observe;

/**
 * How often durations fell into each of some ranges, whose bounds grow by the square root of 2 from
 * 0.05 ms on: a percentile is at most a fifth too large. Not for several threads.
 */
final class Durations {

  private static final int RANGES = 48;
  private static final double LEAST_MILLIS = 0.05;
  private static final double LOG_STEP = Math.log(2) / 2;

  private final int[] counts = new int[RANGES];
  private double longest;
  private double sum;

  void add(double millis) {
    counts[range(millis)]++;
    longest = Math.max(longest, millis);
    sum += millis;
  }

  void add(Durations other) {
    for (int i = 0; i < RANGES; i++) {
      counts[i] += other.counts[i];
    }
    longest = Math.max(longest, other.longest);
    sum += other.sum;
  }

  private static int range(double millis) {
    if (millis <= LEAST_MILLIS) {
      return 0;
    }
    return Math.min(RANGES - 1, 1 + (int) (Math.log(millis / LEAST_MILLIS) / LOG_STEP));
  }

  /** The duration that a share of all did not exceed; 0 where there are none. */
  double percentile(double share) {
    long total = 0;
    for (int count : counts) {
      total += count;
    }
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < RANGES; i++) {
      seen += counts[i];
      if (seen >= wanted && counts[i] > 0) {
        return Math.min(longest, LEAST_MILLIS * Math.exp(i * LOG_STEP));
      }
    }
    return 0;
  }

  double longest() {
    return longest;
  }

  double sum() {
    return sum;
  }
}
