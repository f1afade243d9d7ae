package io.twinloom.cost.price;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.estimate.Level;
import io.twinloom.model.Provider;
import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How quantities follow from what is used, and amounts from quantities. */
class ChargeTest {

  private final PriceList list = BuiltInPrices.read().of(Provider.named("aws"));

  @Test
  @DisplayName("A small object in the cold tier is paid as 128 KB")
  void aSmallObjectCountsAsTheLeastSize() {
    Demand small = Demand.stored(Use.COLD_STORED, number(1024 * 8), number(10), number(90));
    assertThat(quantity(Use.COLD_STORED, small)).isEqualByComparingTo("1");
  }

  @Test
  @DisplayName("What leaves the cold tier before 30 days is paid for 30 days")
  void whatIsKeptForLessThanTheLeastTimeIsPaidForAllOfIt() {
    Demand month = Demand.stored(Use.COLD_STORED, number(1024), number(1 << 20), number(30));
    Demand short10 = Demand.stored(Use.COLD_STORED, number(1024), number(1 << 20), number(10));
    assertThat(quantity(Use.COLD_STORED, month)).isEqualByComparingTo("1");
    assertThat(quantity(Use.COLD_STORED, short10)).isEqualByComparingTo("3");
  }

  @Test
  void aMessageCountsInBlocks() {
    Demand messages = Demand.of(Use.DEVICE_MESSAGE, number(10), number(5121));
    assertThat(list.of(Use.DEVICE_MESSAGE).getFirst().quantity(messages))
        .isEqualByComparingTo("20");
  }

  @Test
  void overlappingInvocationsOfAnInstanceArePaidOnce() {
    PriceList azure = BuiltInPrices.read().of(Provider.named("azure"));
    Charge time =
        azure.of(Use.FUNCTION_INVOCATION).stream()
            .filter(c -> c.measure() == Measure.MEMORY_TIME)
            .findFirst()
            .orElseThrow();
    // 100 million invocations of 20 ms: 500,000 s with four at a time, and a month has 2,628,000 s.
    Demand many = Demand.invocations(Use.FUNCTION_INVOCATION, number(100_000_000), number(20), 512);
    assertThat(time.quantity(many)).isEqualByComparingTo("5256000");
    // A thousand invocations a month are paid one by one, a second each.
    Demand few = Demand.invocations(Use.FUNCTION_INVOCATION, number(1000), number(20), 512);
    assertThat(time.quantity(few)).isEqualByComparingTo("2000");
  }

  @Test
  void tiersEachHaveTheirPrice() {
    Tariff tariff =
        new Tariff.Tiered(
            List.of(
                new Tariff.Tier(BigDecimal.ZERO, exactly("2")),
                new Tariff.Tier(BigDecimal.TEN, exactly("1"))));
    assertThat(tariff.cost(number(15), BigDecimal.ONE, Level.EXPECTED)).isEqualByComparingTo("25");
  }

  @Test
  void theCheapestEditionThatCarriesTheQuantityIsTaken() {
    Tariff units =
        new Tariff.Units(
            List.of(
                new Tariff.Edition("small", exactly("25"), number(12), number(200)),
                new Tariff.Edition("large", exactly("250"), number(180), number(200))));
    assertThat(units.cost(number(13), BigDecimal.ONE, Level.EXPECTED)).isEqualByComparingTo("50");
    assertThat(units.cost(number(170), BigDecimal.ONE, Level.EXPECTED)).isEqualByComparingTo("250");
    assertThat(units.cost(BigDecimal.ZERO, BigDecimal.ONE, Level.EXPECTED)).isZero();
  }

  @Property(tries = 50)
  void moreNeverCostsLess(
      @ForAll @BigRange(min = "0", max = "100000000000") BigDecimal quantity,
      @ForAll @BigRange(min = "0", max = "100000000000") BigDecimal more) {
    for (PriceList each : BuiltInPrices.read().lists()) {
      for (Meter meter : each.meters().values()) {
        Tariff tariff = meter.tariff();
        if (tariff instanceof Tariff.Tiered) {
          assertThat(tariff.cost(quantity.add(more), meter.per(), Level.EXPECTED))
              .isGreaterThanOrEqualTo(tariff.cost(quantity, meter.per(), Level.EXPECTED));
        }
      }
    }
  }

  private BigDecimal quantity(Use use, Demand demand) {
    return list.of(use).getFirst().quantity(demand);
  }

  private static BigDecimal number(long value) {
    return BigDecimal.valueOf(value);
  }

  private static Estimate exactly(String price) {
    return Estimate.exactly(new BigDecimal(price));
  }
}
