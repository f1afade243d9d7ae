package io.twinloom.cost.estimate;

import java.math.BigDecimal;
import java.util.function.Function;

/**
 * A number that is known between two limits. Low and high are those of the cost: a long interval
 * between messages is the low value of the interval.
 */
public record Estimate(BigDecimal low, BigDecimal expected, BigDecimal high) {

  public static final Estimate ZERO = exactly(BigDecimal.ZERO);

  /** A number that is known. */
  public static Estimate exactly(BigDecimal value) {
    return new Estimate(value, value, value);
  }

  /** An estimate written in decimals. */
  public static Estimate of(String low, String expected, String high) {
    return new Estimate(new BigDecimal(low), new BigDecimal(expected), new BigDecimal(high));
  }

  /** The three values, each computed for its level. */
  public static Estimate each(Function<Level, BigDecimal> value) {
    return new Estimate(
        value.apply(Level.LOW), value.apply(Level.EXPECTED), value.apply(Level.HIGH));
  }

  /** The value of a level. */
  public BigDecimal at(Level level) {
    return switch (level) {
      case LOW -> low;
      case EXPECTED -> expected;
      case HIGH -> high;
    };
  }

  /** The sum, level by level. */
  public Estimate plus(Estimate other) {
    return each(level -> at(level).add(other.at(level)));
  }

  /** The difference, level by level. */
  public Estimate minus(Estimate other) {
    return each(level -> at(level).subtract(other.at(level)));
  }

  /** Whether the three values are one. */
  public boolean isExact() {
    return low.compareTo(expected) == 0 && expected.compareTo(high) == 0;
  }
}
