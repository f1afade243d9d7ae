package io.twinloom.local.store;

/** When a write to a {@link CloudDatabase} takes its turn. */
public enum Urgency {

  /** As {@link #USUAL}; an event waits for it, so how long it takes is known to who asks. */
  EVENT,

  /** In the order in which they are handed in. */
  USUAL,

  /** Behind all of those that wait, and one of these in a commit: it may be long. */
  BEHIND
}
