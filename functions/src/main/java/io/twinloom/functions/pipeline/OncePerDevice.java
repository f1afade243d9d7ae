package io.twinloom.functions.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers what was warned of, so that it is warned of once. May be used by any thread. */
final class OncePerDevice {

  /** More are only counted: the names come from outside. */
  static final int MAX_WARNINGS = 1_000;

  private final Set<Warned> warned = ConcurrentHashMap.newKeySet();

  private record Warned(String device, String what) {}

  /** Whether this is the first time that this device is to be warned of for this. */
  boolean isFirst(String device, String what) {
    return warned.size() < MAX_WARNINGS && warned.add(new Warned(device, what));
  }
}
