package io.twinloom.functions.intercloud;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When and how soon a request is tried again: at most three times after the first try, after about
 * one, two and four seconds. Half of a delay is random, so that senders which failed together do
 * not come back together.
 */
final class RetryPolicy {

  /** The first try and three more. */
  static final int MAX_ATTEMPTS = 4;

  /** A receiver may ask for as long a pause; it is not waited for longer. */
  static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);

  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERRORS = 500;

  private RetryPolicy() {}

  /** Whether an answer of this status is of the receiver's state, whatever it was sent. */
  static boolean isUnavailable(int status) {
    return switch (status) {
      case REQUEST_TIMEOUT, TOO_MANY_REQUESTS, 502, 503, 504 -> true;
      default -> false;
    };
  }

  /** Whether an answer of this status may be another one the next time. */
  static boolean isRetried(int status) {
    return status >= SERVER_ERRORS || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
  }

  /**
   * How long to wait before the next try.
   *
   * @param attempt the one that failed, from 1
   * @param retryAfterSeconds what the receiver asked for, or -1
   */
  static Duration delay(int attempt, long retryAfterSeconds, RandomGenerator random) {
    long half = Duration.ofSeconds(1L << (attempt - 1)).toMillis() / 2;
    Duration own = Duration.ofMillis(half + random.nextLong(half + 1));
    if (retryAfterSeconds < 0) {
      return own;
    }
    Duration asked = Duration.ofSeconds(Math.min(retryAfterSeconds, MAX_RETRY_AFTER.toSeconds()));
    return asked.compareTo(own) > 0 ? asked : own;
  }
}
