package io.twinloom.local.invoke;

/**
 * The room that a queue has for events to run at a time. Not safe for threads: its queue's lock
 * guards it.
 */
final class RunningEvents {

  private final QueueLimits limits;
  private int events;
  private long bytes;

  RunningEvents(QueueLimits limits) {
    this.limits = limits;
  }

  /** Takes room for an event, if there is some: one event may always run, however large. */
  boolean claim(long size) {
    if (events >= limits.running() || (events > 0 && bytes + size > limits.runningBytes())) {
      return false;
    }
    events++;
    bytes += size;
    return true;
  }

  void release(long size) {
    events--;
    bytes -= size;
  }

  boolean isEmpty() {
    return events == 0;
  }
}
