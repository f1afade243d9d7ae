package io.twinloom.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times that were measured, and their percentiles in milliseconds. */
final class Latencies {
  private final List<Long> nanos = new ArrayList<>();

  synchronized void add(long measuredNanos) {
    nanos.add(measuredNanos);
  }

  synchronized int count() {
    return nanos.size();
  }

  /** The time that this share (0 to 1) of the measured ones does not exceed; NaN without any. */
  synchronized double percentile(double share) {
    if (nanos.isEmpty()) {
      return Double.NaN;
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, index)] / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }
}
