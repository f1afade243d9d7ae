package io.twinloom.local.invoke;

/**
 * Hands out the numbers of accepted events: growing, and never twice, not even over a crash. They
 * are reserved on disk in blocks, the next one well before the last is used up.
 */
final class EventNumbers {

  private static final int BLOCK = 1_000_000;

  private final EventTable table;
  private long next;
  private long last;
  private boolean reserving;

  /** Reserves the first block; blocks until that is on disk. */
  EventNumbers(EventTable table) {
    this.table = table;
    this.last = table.reserve(BLOCK).join();
    this.next = last - BLOCK + 1;
  }

  /**
   * As many numbers in a row.
   *
   * @return the first of them
   * @throws IllegalStateException if the store has not been able to reserve more for a whole block
   */
  synchronized long next(int count) {
    if (last - next < BLOCK / 2 && !reserving) {
      reserving = true;
      table.reserve(BLOCK).whenComplete((end, failure) -> reserved(end, failure == null));
    }
    if (next + count - 1 > last) {
      throw new IllegalStateException("No event numbers are left: the store does not write");
    }
    long first = next;
    next += count;
    return first;
  }

  private synchronized void reserved(Long end, boolean done) {
    reserving = false;
    if (done) {
      last = end;
    }
  }
}
