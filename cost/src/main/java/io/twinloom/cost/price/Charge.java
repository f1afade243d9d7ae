package io.twinloom.cost.price;

import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Decimals;
import java.math.BigDecimal;

/**
 * That a use is charged by a meter, and how the quantity follows from the use.
 *
 * @param times what a use counts for on the meter, such as request units of a write
 * @param note what else should be known of it; may be empty
 */
public record Charge(
    Use use, Meter meter, Measure measure, BigDecimal times, Rounding rounding, String note) {

  /**
   * How sizes and times are rounded; 0 where they are not.
   *
   * @param blockBytes a size counts in whole blocks of this
   * @param unitBytes the bytes of the meter's unit
   * @param minimumBytes a smaller object counts as this
   * @param overheadBytes what each object has beside its content
   * @param minimumDays what is kept for less counts as kept for this
   * @param runtime of invocations
   */
  public record Rounding(
      BigDecimal blockBytes,
      BigDecimal unitBytes,
      BigDecimal minimumBytes,
      BigDecimal overheadBytes,
      BigDecimal minimumDays,
      Runtime runtime) {}

  /**
   * How the time of invocations counts; 0 where nothing is said.
   *
   * @param roundMillis a time is rounded up to multiples of this
   * @param minimumMillis a shorter time counts as this
   * @param memoryMib the memory, where it is not the function's own
   * @param processors the processors of an instance
   * @param concurrency how many invocations of an instance are charged as one while they overlap
   */
  public record Runtime(
      BigDecimal roundMillis,
      BigDecimal minimumMillis,
      BigDecimal memoryMib,
      BigDecimal processors,
      BigDecimal concurrency) {}

  private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);
  private static final BigDecimal GIB_IN_MIB = BigDecimal.valueOf(1024);

  /** What the meter counts of a use. */
  public BigDecimal quantity(Demand demand) {
    BigDecimal measured =
        switch (measure) {
          case COUNT -> demand.count().multiply(blocks(demand));
          case BYTES -> Decimals.divide(billedBytes(demand), rounding.unitBytes());
          case STORED ->
              Decimals.divide(billedBytes(demand), rounding.unitBytes())
                  .multiply(paidLonger(demand));
          case MEMORY_TIME -> seconds(demand).multiply(Decimals.divide(memory(demand), GIB_IN_MIB));
          case PROCESSOR_TIME -> seconds(demand).multiply(rounding.runtime().processors());
        };
    return measured.multiply(times);
  }

  private BigDecimal blocks(Demand demand) {
    if (rounding.blockBytes().signum() == 0 || demand.bytesEach().signum() == 0) {
      return BigDecimal.ONE;
    }
    return Decimals.ceiling(Decimals.divide(demand.bytesEach(), rounding.blockBytes()));
  }

  private BigDecimal billedBytes(Demand demand) {
    BigDecimal each = demand.bytesEach().max(rounding.minimumBytes()).add(rounding.overheadBytes());
    return demand.count().multiply(each);
  }

  /** How many times longer than it was kept it is paid for. */
  private BigDecimal paidLonger(Demand demand) {
    if (demand.days().signum() == 0 || rounding.minimumDays().compareTo(demand.days()) <= 0) {
      return BigDecimal.ONE;
    }
    return Decimals.divide(rounding.minimumDays(), demand.days());
  }

  private BigDecimal memory(Demand demand) {
    BigDecimal fixed = rounding.runtime().memoryMib();
    return fixed.signum() > 0 ? fixed : Decimals.of(demand.memoryMib());
  }

  /**
   * The seconds that are paid for. Where overlapping invocations are charged once, they are never
   * more than one instance's whole month, or than the instances that the invocations fill.
   */
  private BigDecimal seconds(Demand demand) {
    Runtime runtime = rounding.runtime();
    BigDecimal each = demand.millisEach();
    if (runtime.roundMillis().signum() > 0) {
      each = Decimals.ceiling(each, runtime.roundMillis());
    }
    each = each.max(runtime.minimumMillis());
    BigDecimal alone = Decimals.divide(demand.count().multiply(each), MILLIS);
    if (runtime.concurrency().signum() == 0) {
      return alone;
    }
    BigDecimal busy = Decimals.divide(demand.count().multiply(demand.millisEach()), MILLIS);
    BigDecimal filled = Decimals.divide(busy, runtime.concurrency());
    return alone.min(filled.max(Decimals.SECONDS));
  }
}
