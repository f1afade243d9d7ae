package io.twinloom.cli.command;

import io.twinloom.cost.estimate.Estimate;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** How amounts and quantities are written for people. */
final class Money {

  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private Money() {}

  /** An amount, with two digits after the point. */
  static String of(BigDecimal amount) {
    return String.format(Locale.ROOT, "%,.2f", cents(amount));
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }

  /** An amount with its limits, where they differ. */
  static String range(Estimate amount) {
    return amount.isExact()
        ? of(amount.expected())
        : of(amount.expected()) + " (" + of(amount.low()) + " to " + of(amount.high()) + ")";
  }

  /** A difference, with its sign: of the two amounts as they are written beside it. */
  static String change(BigDecimal before, BigDecimal after) {
    BigDecimal change = cents(after).subtract(cents(before));
    return (change.signum() > 0 ? "+" : "") + of(change);
  }

  /** A quantity: whole where it is large, with four digits that count where it is small. */
  static String quantity(BigDecimal quantity) {
    if (quantity.abs().compareTo(THOUSAND) >= 0) {
      return String.format(Locale.ROOT, "%,.0f", quantity);
    }
    BigDecimal rounded =
        quantity.round(new MathContext(4, RoundingMode.HALF_UP)).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }
}
