package io.twinloom.cost.load;

import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.estimate.Level;
import io.twinloom.cost.usage.Usage;
import io.twinloom.cost.usage.UsageKey;
import java.math.BigDecimal;

/**
 * What happens in a twin in a month at one level of an estimate. Sizes are in bytes, times in days.
 */
public final class Traffic {

  /** A chunk is at most 5 MiB of JSON. */
  private static final BigDecimal CHUNK_BYTES = BigDecimal.valueOf(5_242_880);

  /** What an item has beside the measurement: device, time, event id and names. */
  private static final BigDecimal ITEM_OVERHEAD = BigDecimal.valueOf(250);

  /** What an event has beside its payload while functions pass it on. */
  private static final BigDecimal EVENT_OVERHEAD = BigDecimal.valueOf(350);

  private static final BigDecimal KIB = BigDecimal.valueOf(1024);
  private static final BigDecimal MIB = BigDecimal.valueOf(1_048_576);
  private static final BigDecimal MINUTES = Decimals.HOURS.multiply(BigDecimal.valueOf(60));

  private final Usage usage;
  private final Level level;
  private final BigDecimal messages;
  private final BigDecimal chunks;
  private final BigDecimal chunkBytes;

  /** Computes what is asked for often; the same traffic serves all placements. */
  public Traffic(Usage usage, Level level) {
    this.usage = usage;
    this.level = level;
    this.messages = Decimals.divide(devices().multiply(MINUTES), of(UsageKey.INTERVAL));
    BigDecimal deviceDays = devices().multiply(Decimals.DAYS).min(messages);
    this.chunks = chunks(deviceDays);
    this.chunkBytes =
        chunks.signum() == 0
            ? BigDecimal.ONE
            : Decimals.divide(stored(), chunks).multiply(of(UsageKey.STORED_SHARE));
  }

  /** The bytes of all items of a month. */
  private BigDecimal stored() {
    return messages.multiply(itemBytes());
  }

  /**
   * @param deviceDays days of devices on which they send anything
   */
  private BigDecimal chunks(BigDecimal deviceDays) {
    if (deviceDays.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal dayBytes = Decimals.divide(stored(), deviceDays);
    BigDecimal perDay = Decimals.ceiling(Decimals.divide(dayBytes, CHUNK_BYTES));
    return deviceDays.multiply(perDay.max(BigDecimal.ONE));
  }

  BigDecimal of(UsageKey key) {
    return usage.at(key, level);
  }

  BigDecimal devices() {
    return of(UsageKey.DEVICES);
  }

  /** Messages of all devices. */
  public BigDecimal messages() {
    return messages;
  }

  BigDecimal connectedMinutes() {
    return devices().multiply(MINUTES).multiply(of(UsageKey.CONNECTED_SHARE));
  }

  BigDecimal messageBytes() {
    return of(UsageKey.MESSAGE_SIZE).multiply(KIB);
  }

  BigDecimal eventBytes() {
    return messageBytes().add(EVENT_OVERHEAD);
  }

  BigDecimal itemBytes() {
    return messageBytes().add(ITEM_OVERHEAD);
  }

  /** Events that the event checker evaluates: it is invoked for every event that was stored. */
  BigDecimal checked() {
    return messages();
  }

  /** Events for which a rule fires. */
  BigDecimal fired() {
    return messages().multiply(of(UsageKey.RULED_SHARE)).multiply(of(UsageKey.TRIGGER_RATE));
  }

  /** Queries of dashboards. */
  BigDecimal queries() {
    return of(UsageKey.ACTIVE_HOURS)
        .multiply(Decimals.DAYS)
        .multiply(of(UsageKey.REFRESHES))
        .multiply(of(UsageKey.CALLS));
  }

  BigDecimal responseBytes() {
    return of(UsageKey.RESPONSE_SIZE).multiply(KIB);
  }

  BigDecimal historyQueries() {
    return of(UsageKey.HISTORY_QUERIES);
  }

  BigDecimal historyBytes() {
    return of(UsageKey.HISTORY_SIZE).multiply(MIB);
  }

  /** Items that a query's bytes hold. */
  BigDecimal items(BigDecimal bytes) {
    return Decimals.ceiling(Decimals.divide(bytes, itemBytes()));
  }

  /** Chunks of a query's bytes, one at least. */
  BigDecimal chunksOf(BigDecimal bytes) {
    return Decimals.ceiling(Decimals.divide(bytes, chunkBytes())).max(BigDecimal.ONE);
  }

  /**
   * Chunks that are made: for each device and day as many as its items fill, one at least where it
   * has any.
   */
  public BigDecimal chunks() {
    return chunks;
  }

  /** The size of a chunk as it is stored. */
  BigDecimal chunkBytes() {
    return chunkBytes;
  }

  BigDecimal hotDays() {
    return days(UsageKey.HOT_MONTHS);
  }

  BigDecimal coldDays() {
    return days(UsageKey.COLD_MONTHS);
  }

  BigDecimal archiveDays() {
    return days(UsageKey.ARCHIVE_MONTHS);
  }

  private BigDecimal days(UsageKey months) {
    return of(months).multiply(Decimals.DAYS);
  }

  /** How many of what comes in a month are there at a time, where each stays for some days. */
  BigDecimal kept(BigDecimal monthly, BigDecimal days) {
    return Decimals.divide(monthly.multiply(days), Decimals.DAYS);
  }
}
