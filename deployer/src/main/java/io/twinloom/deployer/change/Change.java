package io.twinloom.deployer.change;

import io.twinloom.deployer.control.ChangeProgress;
import io.twinloom.deployer.control.ChangeStatus;
import io.twinloom.deployer.control.StoreMode;
import io.twinloom.model.Layer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change of a deployed twin that is under way, as it is written down before each of its steps.
 *
 * @param id its own
 * @param from the digest of the project that was deployed before
 * @param to the digest of the project that it leads to, and that all its phases are of
 * @param modes what becomes of the data of the tiers that move
 * @param dataToDelete the former stores whose content may be deleted in the end, as {@code
 *     CLOUD:NAME}
 * @param phases all of them, also those that are over: a later program would perhaps plan others
 * @param at which phase it is in; from the first on, the layout of this phase is the twin's, or is
 *     about to be
 * @param standing how far it is in that phase
 */
public record Change(
    String id,
    String from,
    String to,
    Map<Layer, StoreMode> modes,
    Set<String> dataToDelete,
    List<Phase> phases,
    int at,
    Standing standing) {

  public Change {
    modes = Map.copyOf(modes);
    dataToDelete = Set.copyOf(dataToDelete);
    phases = List.copyOf(phases);
    if (at < 0 || at >= phases.size()) {
      throw new IllegalArgumentException("phase " + at + " of " + phases.size());
    }
  }

  /** What a phase is at. */
  public enum Step {
    /** The twin is brought into the phase's layout. */
    ENTERING,
    /** What the phase is for is done. */
    ACTING,
    /** It waits for something that is not up to it. */
    WAITING,
    /** An operator has paused it here. */
    PAUSED,
    /** It cannot go on before an operator has looked at it. */
    FAILED
  }

  /**
   * How far a change is within its phase.
   *
   * @param why what it waits for or has failed of, for people; empty where it does neither
   * @param progress how far it was when that was last asked, in a phase that copies or compares
   */
  public record Standing(Step step, String why, Instant since, Optional<ChangeProgress> progress) {

    /** Of a phase in which nothing was copied or compared yet. */
    public Standing(Step step, String why, Instant since) {
      this(step, why, since, Optional.empty());
    }
  }

  /** The phase that it is in. */
  public Phase phase() {
    return phases.get(at);
  }

  /** The layout of the next phase that takes something away, or of the last one. */
  public Layout contracted() {
    return phases.stream()
        .skip(at)
        .filter(phase -> phase.kind() == Phase.Kind.CONTRACT)
        .findFirst()
        .orElse(phases.getLast())
        .layout();
  }

  /** Whether its phase is the last one. */
  public boolean isLast() {
    return at == phases.size() - 1;
  }

  /** What the status says of it. */
  public ChangeStatus status() {
    return new ChangeStatus(
        id,
        new ChangeStatus.At(
            at + 1, phases.size(), phase().kind().id(), phase().layer(), phase().kind().words()),
        standing.step().name().toLowerCase(Locale.ROOT),
        standing.since().toString(),
        Optional.of(standing.why()).filter(why -> !why.isEmpty()),
        standing.progress().map(p -> standing.step() == Step.ACTING ? p : p.stopped()),
        // There is a way back from every phase, also from the last one: a change back.
        true);
  }

  /** The same, elsewhere in its phase. */
  public Change standing(Step step, String why, Instant now) {
    return standing(new Standing(step, why, now, standing.progress()));
  }

  /**
   * The same, with what was now learnt of how far its phase is; nothing new where that is empty.
   */
  public Change standing(Optional<ChangeProgress> progress) {
    return progress.isEmpty()
        ? this
        : standing(new Standing(standing.step(), standing.why(), standing.since(), progress));
  }

  /** The same, with how far it was written to be. */
  public Change standing(Standing other) {
    return new Change(id, from, to, modes, dataToDelete, phases, at, other);
  }

  /** The same after its phase has come further. */
  public Change further(ChangeProgress progress, Instant now) {
    boolean acts = standing.step() == Step.ACTING;
    return standing(
        new Standing(Step.ACTING, "", acts ? standing.since() : now, Optional.of(progress)));
  }

  /** The same, and this may be deleted as well. */
  public Change deleting(Set<String> more) {
    Set<String> all = new HashSet<>(dataToDelete);
    all.addAll(more);
    return new Change(id, from, to, modes, all, phases, at, standing);
  }

  /** The same, at the beginning of the next phase. */
  public Change next(Instant now) {
    return new Change(
        id, from, to, modes, dataToDelete, phases, at + 1, new Standing(Step.ENTERING, "", now));
  }
}
