package io.twinloom.functions.port;

/** Keeps what could not be processed, until it is replayed or expires. */
public interface DeadLetters {

  /**
   * Keeps a dead letter. Once this returns it is as safe as what caused it.
   *
   * @throws StoreException if it cannot be kept
   */
  void keep(DeadLetter letter);
}
