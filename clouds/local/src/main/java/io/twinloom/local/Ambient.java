package io.twinloom.local;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the clouds take from the machine around them.
 *
 * @param clock the present
 * @param random spreads what is tried again
 * @param ids new ids, each given once
 */
public record Ambient(InstantSource clock, RandomGenerator random, Supplier<String> ids) {

  /** The clock given, with ids that are random UUIDs. */
  public static Ambient of(InstantSource clock, SecureRandom random) {
    return new Ambient(clock, random, () -> UUID.randomUUID().toString());
  }

  /** The system's. */
  public static Ambient system() {
    return of(InstantSource.system(), new SecureRandom());
  }
}
