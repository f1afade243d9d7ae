package io.twinloom.deployer.control;

import io.twinloom.model.Layer;
import java.util.Optional;

/**
 * How far a change of a twin is.
 *
 * @param id its own
 * @param at the phase that it is in
 * @param state {@code entering}, {@code acting}, {@code waiting}, {@code paused} or {@code failed}
 * @param since when that began, ISO 8601
 * @param waitingFor what it waits for, or has failed of, for people
 * @param progress how far the phase is, where it copies or compares
 * @param cancellable whether {@code deploy --cancel} takes it back
 */
public record ChangeStatus(
    String id,
    At at,
    String state,
    String since,
    Optional<String> waitingFor,
    Optional<ChangeProgress> progress,
    boolean cancellable) {

  /**
   * A phase.
   *
   * @param phase its number, from 1
   * @param of how many there are
   * @param kind its name, such as {@code switch-reads}
   * @param layer which layer moves
   * @param words what happens in it, for people: a clause
   */
  public record At(int phase, int of, String kind, Layer layer, String words) {

    /** For people, such as {@code L3 hot, phase 3 of 6: readers read both stores}. */
    public String text() {
      return layer.title() + ", phase " + phase + " of " + of + ": " + words;
    }
  }

  /** Whether somebody has stopped it. */
  public boolean isPaused() {
    return state.equals("paused");
  }
}
