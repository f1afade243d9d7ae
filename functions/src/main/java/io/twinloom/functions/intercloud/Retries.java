package io.twinloom.functions.intercloud;

/**
 * How often a sender tries a request before it gives that up, or leaves it to the queue that what
 * it sends came from.
 *
 * @param most tries of one request
 * @param queued whether a queue brings what could not be sent again, so that a receiver which
 *     throttles now is asked once more, and the rest is for later
 */
public record Retries(int most, boolean queued) {

  private static final int TWICE = 2;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  /** The first try and three more: nothing else tries again. */
  public static final Retries OWN = new Retries(RetryPolicy.MAX_ATTEMPTS, false);

  /**
   * As often where there was no answer: the same request again finds out what became of the one
   * before, and another one, which the queue would make, does not.
   */
  public static final Retries QUEUED = new Retries(RetryPolicy.MAX_ATTEMPTS, true);

  /** Where waiting is paid for: once more, and the rest by the queue. */
  public static final Retries QUEUED_AND_PAID = new Retries(TWICE, true);

  /**
   * Whether a request is tried again.
   *
   * @param attempt the one that failed, from 1
   * @param status what was answered to it; 0 where there was no answer
   */
  boolean allow(int attempt, int status) {
    boolean refusesAll = status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
    return attempt < (queued && refusesAll ? Math.min(TWICE, most) : most);
  }
}
