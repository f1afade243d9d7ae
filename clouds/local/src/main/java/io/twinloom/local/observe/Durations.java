package io.twinloom.local.observe;

import java.util.ArrayList;
import java.util.List;

/**
 * How often durations fell into each of some ranges, whose bounds grow by the square root of 2 from
 * 0.05 ms on: a percentile is at most a fifth too large. Not for several threads.
 */
final class Durations {

  private static final int RANGES = 48;
  private static final int DOUBLINGS = 21;
  private static final double LEAST_MILLIS = 0.05;
  private static final double LOG_STEP = Math.log(2) / 2;

  private final int[] counts = new int[RANGES];
  private double longest;
  private double sum;

  void add(double millis, int several) {
    counts[range(millis)] += several;
    longest = Math.max(longest, millis);
    sum += millis * several;
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

  /**
   * How many are in each range of twice the one before: up to 0.05 ms, up to 0.1 ms and so on; the
   * last one has no bound.
   */
  List<Long> doublings() {
    List<Long> all = new ArrayList<>();
    all.add((long) counts[0]);
    int next = 1;
    for (; all.size() < DOUBLINGS; next += 2) {
      all.add((long) counts[next] + counts[next + 1]);
    }
    long rest = 0;
    for (; next < RANGES; next++) {
      rest += counts[next];
    }
    all.add(rest);
    return all;
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
