package io.twinloom.cost.demand;

import java.math.BigDecimal;

/**
 * How much of one thing is used in a month.
 *
 * @param count how often, or how many there are on average
 * @param bytesEach the size of one; 0 where it has none
 * @param days how long one is kept; 0 where nothing is kept
 * @param millisEach how long one takes; 0 where that does not matter
 * @param memoryMib the memory that one has meanwhile
 */
public record Demand(
    Use use,
    BigDecimal count,
    BigDecimal bytesEach,
    BigDecimal days,
    BigDecimal millisEach,
    int memoryMib) {

  public Demand {
    if (count.signum() < 0 || bytesEach.signum() < 0 || days.signum() < 0) {
      throw new IllegalArgumentException(use + ": " + count + " of " + bytesEach + " bytes");
    }
  }

  /** Things that are counted only. */
  public static Demand of(Use use, BigDecimal count) {
    return of(use, count, BigDecimal.ZERO);
  }

  /** Things of a size. */
  public static Demand of(Use use, BigDecimal count, BigDecimal bytesEach) {
    return new Demand(use, count, bytesEach, BigDecimal.ZERO, BigDecimal.ZERO, 0);
  }

  /** Things that are kept. */
  public static Demand stored(Use use, BigDecimal count, BigDecimal bytesEach, BigDecimal days) {
    return new Demand(use, count, bytesEach, days, BigDecimal.ZERO, 0);
  }

  /**
   * Invocations of a function.
   *
   * @param use whose code it runs
   */
  public static Demand invocations(
      Use use, BigDecimal count, BigDecimal millisEach, int memoryMib) {
    return new Demand(use, count, BigDecimal.ZERO, BigDecimal.ZERO, millisEach, memoryMib);
  }
}
