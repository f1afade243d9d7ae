package io.twinloom.functions.tier;

/** What became of a chunk that was sent. */
sealed interface Delivery {

  /**
   * Its copy is there, and has been confirmed by its digest: the original may go.
   *
   * @param key of the copy
   */
  record Confirmed(String key) implements Delivery {}

  /**
   * It is left in place.
   *
   * @param key that it should have got
   * @param why for people; no payload, no secret
   * @param after whether going on with other chunks makes sense
   * @param mayBeThere whether its copy may be there nevertheless, since not every answer was clear
   */
  record Left(String key, String why, Next after, boolean mayBeThere) implements Delivery {}

  /** How a run goes on. */
  enum Next {
    /** With the next chunk: only this one has a fault. */
    GO_ON,
    /** Not at all: everything would be refused alike. */
    STOP,
    /** Later: what is planned stays so. */
    LATER
  }
}
