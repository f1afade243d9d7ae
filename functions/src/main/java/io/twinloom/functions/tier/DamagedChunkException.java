package io.twinloom.functions.tier;

/**
 * An object under the key of a chunk is none, or one of its items is not: reading it again would
 * not help. Carries no stack trace, since the fault is in the data.
 */
public final class DamagedChunkException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param why as the end of a sentence
   */
  public DamagedChunkException(String why) {
    super(why, null, false, false);
  }
}
