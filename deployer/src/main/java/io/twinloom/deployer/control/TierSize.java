package io.twinloom.deployer.control;

import io.twinloom.model.Layer;
import io.twinloom.model.Provider;

/** How much a tier holds. */
public sealed interface TierSize {

  /** One of the three layers of storage. */
  Layer tier();

  /** The cloud that it is on. */
  Provider cloud();

  /** The hot store. */
  record Items(Layer tier, Provider cloud, long items) implements TierSize {}

  /**
   * A colder tier.
   *
   * @param bytes of the chunks' JSON
   * @param storedBytes of what is stored of them
   */
  record Chunks(Layer tier, Provider cloud, long chunks, long bytes, long storedBytes)
      implements TierSize {}
}
