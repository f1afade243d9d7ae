package io.twinloom.cost.price;

import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.estimate.Level;
import java.math.BigDecimal;
import java.util.List;

/** How a price depends on the quantity. */
public sealed interface Tariff {

  /**
   * What a quantity costs, beyond what is free.
   *
   * @param per the quantity that a price is for
   */
  BigDecimal cost(BigDecimal quantity, BigDecimal per, Level level);

  /** The price of the first unit, for people. */
  Estimate firstPrice();

  /**
   * A price for each part of the quantity.
   *
   * @param tiers the first from 0, in rising order
   */
  record Tiered(List<Tier> tiers) implements Tariff {
    public Tiered {
      tiers = List.copyOf(tiers);
    }

    @Override
    public BigDecimal cost(BigDecimal quantity, BigDecimal per, Level level) {
      BigDecimal sum = BigDecimal.ZERO;
      for (int i = 0; i < tiers.size(); i++) {
        Tier tier = tiers.get(i);
        BigDecimal end = i + 1 < tiers.size() ? tiers.get(i + 1).from().min(quantity) : quantity;
        BigDecimal within = end.subtract(tier.from());
        if (within.signum() > 0) {
          sum = sum.add(within.multiply(tier.price().at(level)));
        }
      }
      return sum.divide(per);
    }

    @Override
    public Estimate firstPrice() {
      return tiers.getFirst().price();
    }
  }

  /**
   * A part of the quantity with one price.
   *
   * @param from where it begins, not counting what is free
   */
  record Tier(BigDecimal from, Estimate price) {}

  /** Whole units of an edition, of which the cheapest that carries the quantity is taken. */
  record Units(List<Edition> editions) implements Tariff {
    public Units {
      editions = List.copyOf(editions);
    }

    @Override
    public BigDecimal cost(BigDecimal quantity, BigDecimal per, Level level) {
      if (quantity.signum() == 0) {
        return BigDecimal.ZERO;
      }
      BigDecimal least = null;
      for (Edition edition : editions) {
        BigDecimal units = Decimals.ceiling(Decimals.divide(quantity, edition.capacity()));
        BigDecimal price = units.multiply(edition.price().at(level));
        boolean last = edition.equals(editions.getLast());
        // Beyond the largest edition's number there is no other way than to ask for more of it.
        if ((units.compareTo(edition.most()) <= 0 || last)
            && (least == null || price.compareTo(least) < 0)) {
          least = price;
        }
      }
      return least == null ? BigDecimal.ZERO : least;
    }

    @Override
    public Estimate firstPrice() {
      return editions.getFirst().price();
    }
  }

  /**
   * An edition that is paid by unit and month.
   *
   * @param capacity what one unit carries in a month
   * @param most how many units there can be
   */
  record Edition(String name, Estimate price, BigDecimal capacity, BigDecimal most) {}
}
