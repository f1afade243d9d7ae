package io.twinloom.worker;

/** How a call of a user function has ended. */
public sealed interface CallResult {

  /**
   * It returned something.
   *
   * @param json a JSON object
   */
  @SuppressWarnings("ArrayRecordComponent") // Nothing compares results.
  record Returned(byte[] json) implements CallResult {}

  /** It did not: it is unknown, failed, returned no object, or exceeded its limits. */
  record Failed(WorkerException why) implements CallResult {}
}
