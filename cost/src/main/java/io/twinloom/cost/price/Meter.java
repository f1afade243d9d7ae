package io.twinloom.cost.price;

import java.math.BigDecimal;

/**
 * One position of a price list: a month's quantity of one thing, over a whole account, and what it
 * costs.
 *
 * @param id its name in the price list
 * @param about what it is, for people
 * @param per the quantity that the price is for, a power of ten
 * @param allowance what is free in a month, once for the account; 0 where nothing is
 */
public record Meter(
    String id, About about, BigDecimal per, BigDecimal allowance, Tariff tariff, Source source) {

  /**
   * What a meter is, for people.
   *
   * @param unit what is counted
   * @param note what else should be known of the price; may be empty
   */
  public record About(String service, String item, String unit, String note) {}

  /** How much of a month's quantity is free. */
  public BigDecimal covered(BigDecimal quantity) {
    return quantity.min(allowance);
  }
}
