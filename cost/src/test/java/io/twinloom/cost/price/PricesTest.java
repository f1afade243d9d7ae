package io.twinloom.cost.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.estimate.Level;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The price lists that come with the product are complete, and no price is absurd. */
class PricesTest {

  private final Prices prices = BuiltInPrices.read();

  @Test
  void everyCloudHasAPriceListInOneCurrency() {
    assertThat(prices.lists().stream().map(PriceList::cloud).toList())
        .containsExactlyInAnyOrderElementsOf(Provider.ids());
    assertThat(prices.currency()).isEqualTo("USD");
  }

  @Test
  void everyUseHasAChargeOrAReasonWhyItHasNone() {
    for (PriceList list : prices.lists()) {
      for (Use use : Use.values()) {
        assertThat(list.of(use).isEmpty())
            .as(list.cloud() + " " + use)
            .isEqualTo(list.reason(use).isPresent());
      }
    }
  }

  @Test
  void everyMeterIsCharged() {
    for (PriceList list : prices.lists()) {
      Set<String> used = new HashSet<>();
      list.charges().values().stream()
          .flatMap(Collection::stream)
          .forEach(charge -> used.add(charge.meter().id()));
      assertThat(used).as(list.cloud()).isEqualTo(list.meters().keySet());
    }
  }

  @Test
  void everyPriceHasASourceOrIsMarkedAsAssumed() {
    for (PriceList list : prices.lists()) {
      for (Meter meter : list.meters().values()) {
        Source source = meter.source();
        if (source.kind() != Source.Kind.ASSUMED) {
          assertThat(source.url()).as(meter.id()).startsWith("https://");
        }
        assertThat(source.read()).as(meter.id()).isAfter(LocalDate.of(2026, 1, 1));
      }
    }
  }

  @Test
  @DisplayName("Storing a gigabyte costs less in each colder tier")
  void storageGetsCheaperFromTierToTier() {
    for (PriceList list : prices.lists()) {
      BigDecimal hot = price(list, Use.HOT_STORED, Measure.STORED);
      BigDecimal cold = price(list, Use.COLD_STORED, Measure.STORED);
      BigDecimal archive = price(list, Use.ARCHIVE_STORED, Measure.STORED);
      assertThat(hot).as(list.cloud()).isGreaterThan(cold);
      assertThat(cold).as(list.cloud()).isGreaterThan(archive);
    }
  }

  @Test
  void retrievalFromTheArchiveCostsNoLessThanFromTheColdTier() {
    for (PriceList list : prices.lists()) {
      BigDecimal cold = price(list, Use.COLD_READ, Measure.BYTES);
      BigDecimal archive = price(list, Use.ARCHIVE_READ, Measure.BYTES);
      assertThat(archive).as(list.cloud()).isGreaterThanOrEqualTo(cold);
    }
  }

  @Test
  void aGigabyteThatLeavesACloudGetsNoDearerWithTheVolume() {
    for (PriceList list : prices.lists()) {
      for (Charge charge : list.of(Use.EGRESS)) {
        List<BigDecimal> tiers =
            ((Tariff.Tiered) charge.meter().tariff())
                .tiers().stream().map(tier -> tier.price().expected()).toList();
        assertThat(tiers).as(list.cloud()).hasSizeGreaterThan(1);
        for (int i = 1; i < tiers.size(); i++) {
          assertThat(tiers.get(i)).as(list.cloud()).isLessThan(tiers.get(i - 1));
        }
      }
    }
  }

  @Test
  @DisplayName("Prices that were read more than 90 days ago are warned of")
  void oldPricesAreWarnedOf() {
    LocalDate newest =
        prices.lists().stream()
            .flatMap(list -> list.meters().values().stream())
            .map(meter -> meter.source().read())
            .max(LocalDate::compareTo)
            .orElseThrow();
    assertThat(prices.warnings(newest.plusDays(91)))
        .hasSize(3)
        .first()
        .asString()
        .contains("90 days");
    assertThat(prices.warnings(LocalDate.of(2026, 1, 1))).isEmpty();
  }

  @Test
  void aPriceListWithoutAChargeForAUseIsRefusedWithItsPlace() {
    String text = text();
    JsonObject whole = Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    JsonObject without = whole.toBuilder().put("none", JsonObject.EMPTY).build();
    assertThatThrownBy(() -> PriceFile.read(without, "mine.json"))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("neither a charge nor")
        .extracting(e -> ((TwinloomException) e).where())
        .isEqualTo("mine.json /charges");
  }

  @Test
  void anAssumedPriceWithoutARangeIsRefused() {
    String text = text().replaceFirst("\"low\": \"0.08\",", "");
    assertThatThrownBy(
            () ->
                PriceFile.read(
                    Json.parseObject(text.getBytes(StandardCharsets.UTF_8)), "mine.json"))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("assumed");
  }

  @Test
  void twoCurrenciesAreNotAdded() {
    JsonValue euro = new io.twinloom.json.JsonString("EUR");
    JsonObject file = Json.parseObject(text().getBytes(StandardCharsets.UTF_8));
    PriceList other = PriceFile.read(file.toBuilder().put("currency", euro).build(), "mine.json");
    assertThatThrownBy(() -> prices.with(List.of(other)))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("EUR");
  }

  private static String text() {
    try (var in =
        PricesTest.class.getResourceAsStream("/io/twinloom/cost/prices/aws-eu-central-1.json")) {
      return new String(
          java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The price of one GiB. */
  private static BigDecimal price(PriceList list, Use use, Measure measure) {
    BigDecimal gib = Decimals.of(1_073_741_824);
    BigDecimal sum = BigDecimal.ZERO;
    for (Charge charge : list.of(use)) {
      if (charge.measure() == measure) {
        BigDecimal units = Decimals.divide(gib, charge.rounding().unitBytes());
        sum = sum.add(charge.meter().tariff().cost(units, charge.meter().per(), Level.EXPECTED));
      }
    }
    assertThat(sum).as(list.cloud() + " " + use).isPositive();
    return sum;
  }
}
