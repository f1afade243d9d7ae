package io.twinloom.functions.tier;

import io.twinloom.functions.tier.MoveRunner.End;
import java.util.function.BooleanSupplier;

/**
 * The way through all that a store holds: what is copied or compared, and from where it goes on.
 */
@FunctionalInterface
interface StoreCopy {

  /**
   * Goes on with the pass that the plan says, to its end or until it is time to stop. What is done
   * twice has the effect of once.
   *
   * @param plan is kept whenever something more is done
   * @param stop whether the run is to end
   */
  End pass(CopyPlan plan, String trace, BooleanSupplier stop);
}
