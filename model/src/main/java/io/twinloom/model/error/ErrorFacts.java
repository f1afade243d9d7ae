package io.twinloom.model.error;

/**
 * What holds for every error of one code.
 *
 * @param httpStatus the status of a response over HTTP that the error is the reason of
 * @param meaning what happened, in one sentence without the values of a single case
 * @param fix what can be done about it, in one sentence
 * @param retryable whether the same again, without a change, can succeed
 */
public record ErrorFacts(int httpStatus, String meaning, String fix, boolean retryable) {

  /** Of an error that happens again until something is changed. */
  public static ErrorFacts permanent(int httpStatus, String meaning, String fix) {
    return new ErrorFacts(httpStatus, meaning, fix, false);
  }

  /** Of an error that can be over when the same is tried again. */
  public static ErrorFacts temporary(int httpStatus, String meaning, String fix) {
    return new ErrorFacts(httpStatus, meaning, fix, true);
  }
}
