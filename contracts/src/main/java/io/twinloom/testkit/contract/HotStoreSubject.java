package io.twinloom.testkit.contract;

import io.twinloom.functions.port.HotStore;

/** How the contracts of a hot store get at it. */
public interface HotStoreSubject {

  /** The store, the same during one test, empty at its beginning. */
  HotStore store();
}
