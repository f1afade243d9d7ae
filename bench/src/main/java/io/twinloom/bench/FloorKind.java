package io.twinloom.bench;

/** What a floor does at a time, and with it. */
enum FloorKind {
  /** One event: a write and a request for each. Nothing is read. */
  EVENT,
  /** All that waits, up to a hundred events. Nothing is read. */
  BATCH,
  /** As {@link #BATCH}, and what the contract fixes is done with each event. */
  CONTRACT
}
