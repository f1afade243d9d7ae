package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.MemoryMovePlans;
import io.twinloom.functions.port.MovePlans;

class MovePlansContractTest implements MovePlansContract {

  private final MovePlans plans = new MemoryMovePlans();

  @Override
  public MovePlans plans() {
    return plans;
  }
}
