package io.twinloom.model.cloud;

import io.twinloom.model.Provider;

/**
 * The clouds whose conventions are here, by name: for the modules of one cloud, and for tests. What
 * serves every cloud asks {@link Provider#all}.
 */
public final class KnownClouds {
  public static final Provider AWS = Provider.named("aws");
  public static final Provider AZURE = Provider.named("azure");
  public static final Provider GOOGLE = Provider.named("google");

  private KnownClouds() {}
}
