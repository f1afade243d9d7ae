package io.twinloom.cost.load;

import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.price.PriceList.Queues;
import java.math.BigDecimal;

/**
 * How many events travel together. The one place that says so: who changes how functions pass on
 * events changes it here, and every invocation, queue message and request follows.
 *
 * @param events on average in a batch, which forms where devices' messages are received and is kept
 *     from function to function and over connections
 */
public record Batching(BigDecimal events) {

  /**
   * The batches that form at a rate; single events where the cloud hands them out one by one.
   *
   * @param queues of the cloud that devices connect to
   */
  public static Batching of(Traffic traffic, Queues queues) {
    BigDecimal perSecond = Decimals.divide(traffic.messages(), Decimals.SECONDS);
    BigDecimal gathered =
        Decimals.divide(perSecond.multiply(queues.windowSeconds()), queues.pollers());
    return new Batching(gathered.max(BigDecimal.ONE).min(queues.most()));
  }
}
