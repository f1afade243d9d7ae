package io.twinloom.testkit.contract;

import io.twinloom.functions.port.TwinGraph;

/** A graph in memory fulfils the contract: so the contract can be fulfilled. */
class TwinGraphContractTest implements TwinGraphContract {

  private final TwinGraph graph = new MemoryTwinGraph();

  @Override
  public TwinGraph graph() {
    return graph;
  }
}
