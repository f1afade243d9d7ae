package io.twinloom.local.invoke;

/**
 * What a local cloud's queue may hold.
 *
 * @param running events in progress at a time
 * @param runningBytes their size together; those of one row may always run
 * @param ready events that wait in memory; more wait on disk alone
 * @param readyBytes the size at which no further event is held ready in memory
 * @param backlog events that may wait in all: beyond it, devices and senders wait
 */
public record QueueLimits(int running, long runningBytes, int ready, long readyBytes, int backlog) {

  /** What a heap of 256 MB bears: an event in progress takes six to ten times its bytes. */
  public static final QueueLimits DEFAULT =
      new QueueLimits(1_000, 4L * 1024 * 1024, 2_000, 4L * 1024 * 1024, 100_000);

  /** The same with room for as many events in all. */
  public QueueLimits withBacklog(int events) {
    return new QueueLimits(running, runningBytes, ready, readyBytes, events);
  }
}
