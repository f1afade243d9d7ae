package io.twinloom.cost.estimate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Arithmetic of quantities. Sums and products are exact; a quotient that has no end has 34 digits.
 */
public final class Decimals {

  /** Hours of a month: a twelfth of 365 days. */
  public static final BigDecimal HOURS = BigDecimal.valueOf(730);

  /** Days of a month. */
  public static final BigDecimal DAYS = divide(HOURS, BigDecimal.valueOf(24));

  /** Seconds of a month. */
  public static final BigDecimal SECONDS = HOURS.multiply(BigDecimal.valueOf(3600));

  private Decimals() {}

  public static BigDecimal of(long value) {
    return BigDecimal.valueOf(value);
  }

  public static BigDecimal of(String value) {
    return new BigDecimal(value);
  }

  /** The quotient, with 34 digits where it has no end. */
  public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
    return dividend.divide(divisor, MathContext.DECIMAL128);
  }

  /** The least whole number that is not below a value. */
  public static BigDecimal ceiling(BigDecimal value) {
    return value.setScale(0, RoundingMode.CEILING);
  }

  /** A value, rounded up to whole multiples of a step. */
  public static BigDecimal ceiling(BigDecimal value, BigDecimal step) {
    return ceiling(divide(value, step)).multiply(step);
  }
}
