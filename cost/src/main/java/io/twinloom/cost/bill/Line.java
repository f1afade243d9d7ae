package io.twinloom.cost.bill;

import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.cost.price.Charge;

/** One thing that a part of the plan uses, and what it costs. */
public sealed interface Line {

  /** The part of the plan. */
  Component component();

  /** What it uses. */
  Use use();

  /** What it costs a month. */
  Estimate amount();

  /**
   * Something that is charged.
   *
   * @param quantity in the meter's unit
   * @param allowance how much of the quantity is free; the account has it once, and the parts of
   *     the plan take it in their order
   */
  record Charged(
      Component component, Charge charge, Estimate quantity, Estimate allowance, Estimate amount)
      implements Line {
    @Override
    public Use use() {
      return charge.use();
    }
  }

  /** Something that is not charged on this cloud. */
  record Free(Component component, Use use, String reason) implements Line {
    @Override
    public Estimate amount() {
      return Estimate.ZERO;
    }
  }
}
