package io.twinloom.mqtt;

import java.util.HashSet;
import java.util.Set;

/**
 * Messages that the client has acknowledged and that may still be in the store. A page that is
 * being read may have been made before their removal, so they are remembered until it has come.
 * Confined to the event loop.
 */
final class PendingRemovals {
  private final Set<Long> pending = new HashSet<>();
  private final Set<Long> removedWhileReading = new HashSet<>();

  void begin(long number) {
    pending.add(number);
  }

  /** The message is out of the store. */
  void done(long number, boolean reading) {
    if (reading) {
      removedWhileReading.add(number);
    } else {
      pending.remove(number);
    }
  }

  boolean contains(long number) {
    return pending.contains(number);
  }

  /** No page is being read any more. */
  void readingEnded() {
    pending.removeAll(removedWhileReading);
    removedWhileReading.clear();
  }
}
