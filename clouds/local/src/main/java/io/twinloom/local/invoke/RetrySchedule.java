package io.twinloom.local.invoke;

import java.time.Duration;
import java.util.List;

/**
 * When a failed asynchronous invocation is tried again.
 *
 * @param gaps the wait after the first failure, the second, …; after the last one's attempt fails
 *     the event becomes a dead letter
 * @param longestPutOff what could not be tried for so long, for reasons that say nothing of it,
 *     counts as failed
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html">
 *     AWS Lambda: two more attempts, after one and two minutes</a>
 */
public record RetrySchedule(List<Duration> gaps, Duration longestPutOff) {

  /** The longest wait of an event that could not be tried at all. */
  static final Duration LONGEST_POSTPONEMENT = Duration.ofSeconds(30);

  /** As long as what is put off is kept before it counts as failed, unless it is said otherwise. */
  public static final Duration LONGEST_PUT_OFF = Duration.ofHours(6);

  /** A schedule in which an event is put off for as long as usual. */
  public RetrySchedule(List<Duration> gaps) {
    this(gaps, LONGEST_PUT_OFF);
  }

  public RetrySchedule {
    gaps = List.copyOf(gaps);
    if (gaps.isEmpty()) {
      throw new IllegalArgumentException("at least one gap between two attempts");
    }
  }

  /** Attempts in all. */
  int attempts() {
    return gaps.size() + 1;
  }

  /** The wait after this many failures. */
  Duration gapAfter(int failures) {
    return gaps.get(Math.min(failures, gaps.size()) - 1);
  }

  /** The wait before the next try of what was put off this often: 1 s, 2 s, 4 s … 30 s. */
  static Duration postponement(int postponed) {
    Duration wait = Duration.ofSeconds(1L << Math.min(postponed, 5));
    return wait.compareTo(LONGEST_POSTPONEMENT) < 0 ? wait : LONGEST_POSTPONEMENT;
  }
}
