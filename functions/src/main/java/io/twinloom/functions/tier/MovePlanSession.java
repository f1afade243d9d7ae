package io.twinloom.functions.tier;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.MovePlans.Plan;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import io.twinloom.model.TwinloomException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The plan that a run owns: another run that finds it owned does nothing, and a run that was
 * overtaken nevertheless notices when it next writes. Used by several threads.
 */
final class MovePlanSession {

  /**
   * A run that has not written for so long is taken for dead: longer than a chunk takes with all
   * its retries.
   */
  static final Duration OWNED = Duration.ofMinutes(5);

  private final MovePlans plans;
  private final InstantSource clock;
  private final NavigableMap<Long, PlannedChunk> open = new TreeMap<>();
  private List<PlannedChunk> found;
  private final List<Long> done = new ArrayList<>();
  private Run run;
  private long nextNumber;

  private MovePlanSession(MovePlans plans, InstantSource clock, Plan plan) {
    this.plans = plans;
    this.clock = clock;
    this.run = plan.run();
    this.found = plan.chunks();
    found.forEach(chunk -> open.put(chunk.number(), chunk));
    this.nextNumber = open.isEmpty() ? 1 : open.lastKey() + 1;
  }

  /** What came of the attempt to have a plan. */
  sealed interface Taken {
    /** This run has it. */
    record Owned(MovePlanSession session) implements Taken {}

    /** Another run works on it. */
    record Busy() implements Taken {}

    /** There is none. */
    record None() implements Taken {}
  }

  /** Takes over the open plan of a mover, where there is one. */
  static Taken takeOpen(MovePlans plans, String mover, String owner, InstantSource clock) {
    Optional<Plan> open = plans.open(mover);
    if (open.isEmpty()) {
      return new Taken.None();
    }
    Run there = open.get().run();
    boolean owned = !there.owner().isEmpty() && clock.instant().isBefore(there.ownedUntil());
    Run own = owned(there, owner, clock.instant(), there.position());
    if (owned || !plans.save(own, List.of(), List.of())) {
      return new Taken.Busy();
    }
    return new Taken.Owned(
        new MovePlanSession(plans, clock, new Plan(own.saved(), open.get().chunks())));
  }

  /** Opens a new plan, where none is open. */
  static Taken begin(
      MovePlans plans, String mover, String cutOff, String owner, InstantSource clock) {
    Run run = new Run(mover, 0, cutOff, owner, clock.instant().plus(OWNED), Position.BEGINNING);
    return plans.save(run, List.of(), List.of())
        ? new Taken.Owned(new MovePlanSession(plans, clock, new Plan(run.saved(), List.of())))
        : new Taken.Busy();
  }

  private static Run owned(Run run, String owner, Instant now, Position position) {
    return new Run(run.mover(), run.version(), run.cutOff(), owner, now.plus(OWNED), position);
  }

  /** The chunks that an earlier run has left to do. */
  synchronized List<PlannedChunk> found() {
    return found;
  }

  /** The chunks that are in the plan and not done. */
  synchronized List<PlannedChunk> open() {
    return List.copyOf(open.values());
  }

  synchronized String cutOff() {
    return run.cutOff();
  }

  synchronized Position position() {
    return run.position();
  }

  /** Adds a chunk to the plan; durable on return. */
  synchronized PlannedChunk add(Chunk chunk, int index, Position next) {
    PlannedChunk planned = planned(nextNumber, chunk, index);
    nextNumber++;
    save(next, List.of(planned));
    return planned;
  }

  /** Replaces a chunk of the plan by what is there of it now. */
  synchronized PlannedChunk replace(PlannedChunk old, Chunk chunk) {
    PlannedChunk planned = planned(old.number(), chunk, old.index());
    save(run.position(), List.of(planned));
    return planned;
  }

  private static PlannedChunk planned(long number, Chunk chunk, int index) {
    return new PlannedChunk(
        number,
        chunk.device(),
        chunk.first(),
        chunk.last(),
        index,
        chunk.content().sha256(),
        chunk.members(),
        false);
  }

  /** Keeps that a chunk's copy is there; durable on return, and before anything is deleted. */
  synchronized void confirm(PlannedChunk chunk) {
    save(run.position(), List.of(chunk.copied()));
  }

  /** Forgets a chunk with the next change; until then its deletion may be repeated. */
  synchronized void done(PlannedChunk chunk) {
    open.remove(chunk.number());
    done.add(chunk.number());
  }

  /** Plans anew from the beginning. Chunks that are left stay in the plan, for a later run. */
  synchronized void restart(String cutOff) {
    found = List.of();
    run =
        new Run(run.mover(), run.version(), cutOff, run.owner(), run.ownedUntil(), run.position());
    save(Position.BEGINNING, List.of());
  }

  /** Keeps a row of the plan as it is now; durable on return. */
  synchronized void keep(PlannedChunk row) {
    save(run.position(), List.of(row));
  }

  /** Keeps how far the run has come. */
  synchronized void reached(Position position) {
    save(position, List.of());
  }

  private void save(Position position, List<PlannedChunk> chunks) {
    Run next = owned(run, run.owner(), clock.instant(), position);
    if (!plans.save(next, chunks, done)) {
      throw overtaken();
    }
    chunks.forEach(chunk -> open.put(chunk.number(), chunk));
    run = next.saved();
    done.clear();
  }

  /** Forgets the plan, of which nothing is left to do. */
  synchronized void end() {
    if (!plans.end(run)) {
      throw overtaken();
    }
  }

  /**
   * Leaves the plan open for another run. Where that fails, it is free after a while anyway:
   * whatever ended the run is what its caller has to hear.
   */
  synchronized void release(Invocation invocation) {
    Run free =
        new Run(run.mover(), run.version(), run.cutOff(), "", run.ownedUntil(), run.position());
    try {
      if (plans.save(free, List.of(), done)) {
        run = free.saved();
        done.clear();
      }
    } catch (RuntimeException e) {
      invocation.note(
          Level.DEBUG,
          "The plan was not released; its ownership expires.",
          Map.of("error", e.getClass().getName()));
    }
  }

  private TwinloomException overtaken() {
    return new TwinloomException(
        FunctionsError.MOVE_OVERTAKEN,
        "Another run has taken this run's plan over.",
        run.mover(),
        "Nothing is lost: the other run carries the plan out.");
  }
}
