package io.twinloom.cost.price;

import io.twinloom.cost.demand.Use;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one cloud charges in one region. Every use has a charge, or a reason why there is none.
 *
 * @param currency of all its prices, ISO 4217
 * @param charges the charges of each use
 * @param none why a use is not charged
 * @param queues how the cloud hands out what waits on a queue
 */
public record PriceList(
    String cloud,
    String region,
    String currency,
    Map<String, Meter> meters,
    Map<Use, List<Charge>> charges,
    Map<Use, String> none,
    Queues queues) {

  /**
   * How a cloud hands out the messages of devices, which come one by one, to the function that is
   * first on their way. A batch that has formed there is kept from function to function.
   *
   * @param pollers as many ask for messages at once
   * @param windowSeconds as long messages are gathered
   * @param most events in a batch
   */
  public record Queues(BigDecimal pollers, BigDecimal windowSeconds, BigDecimal most) {

    /** Each message by itself. */
    public static final Queues SINGLE = new Queues(BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ONE);
  }

  /** Prices change: after so many days they should be read again. */
  public static final int FRESH_DAYS = 90;

  public PriceList {
    meters = Map.copyOf(meters);
    charges = Map.copyOf(charges);
    none = Map.copyOf(none);
  }

  /** The charges of a use; none where it is free. */
  public List<Charge> of(Use use) {
    return charges.getOrDefault(use, List.of());
  }

  /** Why a use is not charged; empty where it is. */
  public Optional<String> reason(Use use) {
    return Optional.ofNullable(none.get(use));
  }

  /** The meters whose prices were read more than {@link #FRESH_DAYS} days before a day. */
  public Collection<Meter> stale(LocalDate today) {
    return meters.values().stream()
        .filter(meter -> meter.source().read().isBefore(today.minusDays(FRESH_DAYS)))
        .toList();
  }
}
