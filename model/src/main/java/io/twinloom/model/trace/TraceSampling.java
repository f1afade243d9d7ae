package io.twinloom.model.trace;

/**
 * Which traces have a line in the log for each invocation, whatever becomes of them: one in so
 * many, by their ids, so that every function of every cloud chooses the same.
 *
 * @param oneIn 1: all
 */
public record TraceSampling(int oneIn) {

  /** The function's setting that holds it. */
  public static final String SETTING = "TRACE_SAMPLING";

  /** One in a hundred. */
  public static final TraceSampling DEFAULT = new TraceSampling(100);

  /** All traces. */
  public static final TraceSampling ALL = new TraceSampling(1);

  private static final int LENGTH = 36;

  /** Behind the digits that say a UUID's version and variant, all are random. */
  private static final int FIRST_RANDOM = 20;

  private static final int LAST_HYPHEN = 23;
  private static final int HEXADECIMAL = 16;

  public TraceSampling {
    if (oneIn < 1) {
      throw new IllegalArgumentException("One in " + oneIn);
    }
  }

  /** Whether a trace is one of them; an id that is none of ours is, if all are. */
  public boolean has(String trace) {
    if (oneIn == 1) {
      return true;
    }
    if (trace.length() != LENGTH) {
      return false;
    }
    long number = 0;
    for (int i = FIRST_RANDOM; i < LENGTH; i++) {
      if (i != LAST_HYPHEN) {
        int digit = Character.digit(trace.charAt(i), HEXADECIMAL);
        if (digit < 0) {
          return false;
        }
        number = number * HEXADECIMAL + digit;
      }
    }
    return number % oneIn == 0;
  }
}
