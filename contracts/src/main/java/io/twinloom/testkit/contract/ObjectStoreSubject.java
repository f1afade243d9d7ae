package io.twinloom.testkit.contract;

import io.twinloom.functions.port.ObjectStore;

/** How the contracts of an object store get at it. */
public interface ObjectStoreSubject {

  /** The store, the same during one test, empty at its beginning; all in it can be read at once. */
  ObjectStore objects();

  /** Another store of the same cloud, empty at the test's beginning. */
  ObjectStore otherObjects();
}
