package io.twinloom.cost.usage;

import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.estimate.Estimate;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The usage of a twin that runs, from what it counted at two moments.
 *
 * @param window the time between the two
 * @param devices that the project has
 * @param itemBytes the average size of items as JSON; empty where there were none to look at
 */
public record MeasuredUsage(
    Counts before, Counts after, Duration window, int devices, Optional<BigDecimal> itemBytes) {

  /**
   * What a twin has counted.
   *
   * @param messages that devices sent
   * @param fired rules
   * @param deadLetters that are kept
   * @param queries of readers
   */
  public record Counts(long messages, long fired, long deadLetters, long queries) {}

  private static final BigDecimal MILLIS_OF_MINUTE = BigDecimal.valueOf(60_000);
  private static final BigDecimal KIB = BigDecimal.valueOf(1024);

  /** Messages in the window. */
  public long messages() {
    return Math.max(0, after.messages() - before.messages());
  }

  /** What was measured; no rates where nothing came in. */
  public Map<UsageKey, UsageValue> values() {
    Map<UsageKey, UsageValue> values = new EnumMap<>(UsageKey.class);
    BigDecimal messages = Decimals.of(messages());
    itemBytes.ifPresent(bytes -> put(values, UsageKey.MESSAGE_SIZE, Decimals.divide(bytes, KIB)));
    if (messages.signum() == 0) {
      return values;
    }
    BigDecimal minutes = Decimals.divide(Decimals.of(window.toMillis()), MILLIS_OF_MINUTE);
    put(
        values,
        UsageKey.INTERVAL,
        Decimals.divide(minutes.multiply(Decimals.of(devices)), messages));
    put(values, UsageKey.FAILED_SHARE, share(after.deadLetters() - before.deadLetters()));
    if (after.fired() > before.fired()) {
      put(values, UsageKey.RULED_SHARE, BigDecimal.ONE);
      put(values, UsageKey.TRIGGER_RATE, share(after.fired() - before.fired()));
    }
    if (after.queries() > before.queries()) {
      BigDecimal queries = Decimals.of(after.queries() - before.queries());
      BigDecimal perHour = Decimals.divide(queries.multiply(Decimals.of(60)), minutes);
      put(values, UsageKey.REFRESHES, perHour);
      put(values, UsageKey.CALLS, BigDecimal.ONE);
    }
    return values;
  }

  private BigDecimal share(long count) {
    BigDecimal share = Decimals.divide(Decimals.of(Math.max(0, count)), Decimals.of(messages()));
    return share.min(BigDecimal.ONE);
  }

  private void put(Map<UsageKey, UsageValue> values, UsageKey key, BigDecimal value) {
    if (key.allows(value)) {
      values.put(
          key,
          new UsageValue(
              Estimate.exactly(value), Origin.MEASURED, "in " + window.toSeconds() + " s"));
    }
  }
}
