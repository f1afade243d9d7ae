package io.twinloom.bench;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether a rate has stopped rising: the mean of the last three looks exceeds that of the three
 * before by less than three hundredths. One look alone tells nothing on a machine with other work.
 */
final class SteadyRate {

  private static final int LOOKS = 3;
  private static final double RISES = 1.03;

  private final Deque<Double> last = new ArrayDeque<>();

  /**
   * Takes the next look.
   *
   * @param perSecond since the look before
   * @return whether the rate is steady
   */
  boolean isSteadyAfter(double perSecond) {
    last.addLast(perSecond);
    if (last.size() > 2 * LOOKS) {
      last.removeFirst();
    }
    double before = last.stream().limit(LOOKS).mapToDouble(Double::doubleValue).sum();
    double now = last.stream().skip(LOOKS).mapToDouble(Double::doubleValue).sum();
    return last.size() == 2 * LOOKS && now < before * RISES;
  }
}
