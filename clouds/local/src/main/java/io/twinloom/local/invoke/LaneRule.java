package io.twinloom.local.invoke;

/**
 * How a function is given the events that wait for it. That there are few runs at a time is what
 * forms batches: a run that ends is followed by one on all that has come meanwhile, and where
 * nothing has come the next event starts one at once.
 *
 * @param runs so many at a time
 * @param events so many in one run
 */
public record LaneRule(int runs, int events) {

  /** So many events one run is given at most. */
  static final int MOST_EVENTS = 100;

  /** So many bytes, unless it is one event. */
  static final long MOST_BYTES = 1024 * 1024;

  /** Events one by one, as many at a time as a cloud bears. */
  public static final LaneRule SINGLE_EVENTS = new LaneRule(64, 1);

  /** Batches of a function that only computes: a second run would wait for the processor. */
  public static final LaneRule COMPUTING = new LaneRule(1, MOST_EVENTS);

  /** Batches of a function that waits for a disk or another cloud. */
  public static final LaneRule WAITING = new LaneRule(4, MOST_EVENTS);

  /** Batches of user code: while one is answered, the next is written. */
  public static final LaneRule USER_CODE = new LaneRule(2, MOST_EVENTS);
}
