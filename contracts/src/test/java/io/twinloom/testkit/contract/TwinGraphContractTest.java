package io.twinloom.testkit.contract;

import io.twinloom.functions.fake.MemoryTwinGraph;
import io.twinloom.functions.port.TwinGraph;

class TwinGraphContractTest implements TwinGraphContract {

  private final TwinGraph graph = new MemoryTwinGraph();

  @Override
  public TwinGraph graph() {
    return graph;
  }
}
