package io.twinloom.cost.bill;

import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.estimate.Level;
import io.twinloom.cost.price.Charge;
import io.twinloom.cost.price.Meter;
import io.twinloom.cost.price.PriceList;
import io.twinloom.cost.price.Prices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Makes bills. A meter counts for a whole account, so a line costs what the meter says with it,
 * less what it said before it: allowances and tiers are used up in the order of the plan, and the
 * lines add up to what the meters say, exactly.
 */
public final class Billing {

  private final Prices prices;
  private final boolean allowances;

  /**
   * @param allowances whether the account's allowances are there for this twin; not, where
   *     something else uses them up
   */
  public Billing(Prices prices, boolean allowances) {
    this.prices = prices;
    this.allowances = allowances;
  }

  /**
   * The bill of a plan.
   *
   * @param components the same parts at each level, in the same order
   */
  public Bill bill(Map<Level, List<Component>> components) {
    Map<Level, Counters> counters = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      counters.put(level, new Counters(level));
    }
    List<Component> expected = at(components, Level.EXPECTED);
    List<Line> lines = new ArrayList<>();
    for (int c = 0; c < expected.size(); c++) {
      Component component = expected.get(c);
      PriceList list = prices.of(component.cloud());
      for (int d = 0; d < component.demands().size(); d++) {
        Map<Level, Demand> demand = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
          demand.put(level, at(components, level).get(c).demands().get(d));
        }
        lines(component, demand, list, counters, lines);
      }
    }
    return new Bill(prices.currency(), lines);
  }

  private static List<Component> at(Map<Level, List<Component>> components, Level level) {
    return Objects.requireNonNull(components.get(level));
  }

  private static void lines(
      Component component,
      Map<Level, Demand> demand,
      PriceList list,
      Map<Level, Counters> counters,
      List<Line> lines) {
    Demand expected = Objects.requireNonNull(demand.get(Level.EXPECTED));
    list.reason(expected.use())
        .ifPresent(reason -> lines.add(new Line.Free(component, expected.use(), reason)));
    for (Charge charge : list.of(expected.use())) {
      Map<Level, Counted> counted = new EnumMap<>(Level.class);
      demand.forEach(
          (level, used) ->
              counted.put(
                  level,
                  Objects.requireNonNull(counters.get(level)).count(component, charge, used)));
      lines.add(
          new Line.Charged(
              component,
              charge,
              each(counted, Counted::quantity),
              each(counted, Counted::covered),
              each(counted, Counted::amount)));
    }
  }

  private static Estimate each(Map<Level, Counted> counted, Function<Counted, BigDecimal> part) {
    return Estimate.each(level -> part.apply(Objects.requireNonNull(counted.get(level))));
  }

  /** What all parts of a plan cost together at one level, meter by meter. */
  public BigDecimal total(List<Component> components, Level level) {
    Counters counters = new Counters(level);
    for (Component component : components) {
      for (Demand demand : component.demands()) {
        for (Charge charge : prices.of(component.cloud()).of(demand.use())) {
          counters.add(component, charge.meter(), charge.quantity(demand));
        }
      }
    }
    return counters.total();
  }

  private record Counted(BigDecimal quantity, BigDecimal covered, BigDecimal amount) {}

  private record Key(String cloud, String meter) {}

  /** The meters of all accounts, as they stand. */
  private final class Counters {
    private final Level level;
    private final Map<Key, BigDecimal> quantities = new HashMap<>();
    private final Map<Key, Meter> meters = new HashMap<>();

    private Counters(Level level) {
      this.level = level;
    }

    Counted count(Component component, Charge charge, Demand demand) {
      Meter meter = charge.meter();
      BigDecimal quantity = charge.quantity(demand);
      BigDecimal before = quantities.getOrDefault(key(component, meter), BigDecimal.ZERO);
      BigDecimal after = before.add(quantity);
      add(component, meter, quantity);
      return new Counted(
          quantity,
          covered(meter, after).subtract(covered(meter, before)),
          cost(meter, after).subtract(cost(meter, before)));
    }

    void add(Component component, Meter meter, BigDecimal quantity) {
      Key key = key(component, meter);
      quantities.merge(key, quantity, BigDecimal::add);
      meters.put(key, meter);
    }

    BigDecimal total() {
      BigDecimal sum = BigDecimal.ZERO;
      for (Map.Entry<Key, Meter> entry : meters.entrySet()) {
        BigDecimal quantity = quantities.getOrDefault(entry.getKey(), BigDecimal.ZERO);
        sum = sum.add(cost(entry.getValue(), quantity));
      }
      return sum;
    }

    private Key key(Component component, Meter meter) {
      return new Key(component.cloud().id(), meter.id());
    }

    private BigDecimal covered(Meter meter, BigDecimal quantity) {
      return allowances ? meter.covered(quantity) : BigDecimal.ZERO;
    }

    private BigDecimal cost(Meter meter, BigDecimal quantity) {
      return meter.tariff().cost(quantity.subtract(covered(meter, quantity)), meter.per(), level);
    }
  }
}
