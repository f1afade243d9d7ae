package io.twinloom.deployer.change;

/** How far a phase of a change is. */
public sealed interface PhaseOutcome {

  /** It is over. */
  record Done() implements PhaseOutcome {}

  /** It has come further, and goes on at once; for people. */
  record Further(String how) implements PhaseOutcome {}

  /** It waits for something; for people. */
  record Waiting(String why) implements PhaseOutcome {}
}
