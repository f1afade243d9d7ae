package io.twinloom.deployer.change;

import io.twinloom.deployer.control.ChangeProgress;
import java.util.Optional;

/** How far a phase of a change is. */
public sealed interface PhaseOutcome {

  /** It is over. */
  record Done() implements PhaseOutcome {}

  /**
   * It has come further, and goes on at once.
   *
   * @param how for people
   * @param progress how far it is
   */
  record Further(String how, ChangeProgress progress) implements PhaseOutcome {}

  /**
   * It waits for something.
   *
   * @param why for people
   * @param progress how far it is, where it is asked for that
   */
  record Waiting(String why, Optional<ChangeProgress> progress) implements PhaseOutcome {

    /** Of a phase that goes through nothing, or was not asked how far it is. */
    public Waiting(String why) {
      this(why, Optional.empty());
    }
  }
}
