package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.MemoryHotStore;
import io.twinloom.functions.port.HotStore;

class HotStoreContractTest implements HotStoreContract {

  private final HotStore store = new MemoryHotStore();

  @Override
  public HotStore store() {
    return store;
  }
}
