package io.twinloom.bench;

/** What a floor does at a time. */
enum FloorKind {
  /** One event: a write and a request for each. */
  EVENT,
  /** All that waits, up to a hundred events. */
  BATCH
}
