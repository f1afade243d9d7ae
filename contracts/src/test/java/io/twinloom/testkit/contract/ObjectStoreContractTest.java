package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.port.ObjectStore;

class ObjectStoreContractTest implements ObjectStoreContract {

  private final ObjectStore store = new MemoryObjectStore();
  private final ObjectStore other = new MemoryObjectStore();

  @Override
  public ObjectStore objects() {
    return store;
  }

  @Override
  public ObjectStore otherObjects() {
    return other;
  }
}
