package io.twinloom.functions.tier;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.MovePlans.Plan;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import io.twinloom.json.Json;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.time.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a copy, owned by one run at a time as a mover's is. It has one row, which holds how
 * far the copy is; it stays when the copy is done, so that who asks again gets that answer. Used by
 * several threads.
 */
final class CopyPlan {

  private static final long ROW = 1;

  private final MovePlans plans;
  private final FunctionRuntime runtime;
  private final CopyProgress progress;
  private Run run;

  private CopyPlan(MovePlans plans, FunctionRuntime runtime, Run run, CopyProgress progress) {
    this.plans = plans;
    this.runtime = runtime;
    this.run = run;
    this.progress = progress;
  }

  /** What is kept of a copier's plan; empty where it has none. */
  static Optional<CopyProgress> kept(MovePlans plans, String copier) {
    return plans.open(copier).flatMap(CopyPlan::progress);
  }

  private static Optional<CopyProgress> progress(Plan plan) {
    return plan.chunks().stream()
        .findFirst()
        .map(row -> CopyProgress.of(Json.parseObject(row.members())));
  }

  /**
   * Takes a copier's plan for a run; empty where another run works on it.
   *
   * @param begun what is begun where nothing is kept of this copy
   */
  static Optional<CopyPlan> take(
      MovePlans plans, FunctionRuntime runtime, String copier, CopyProgress begun) {
    Optional<Plan> there = plans.open(copier);
    Instant now = runtime.clock().instant();
    if (there.map(Plan::run).filter(r -> isOwned(r, now)).isPresent()) {
      return Optional.empty();
    }
    CopyProgress progress =
        there
            .flatMap(CopyPlan::progress)
            .filter(kept -> begun.copy().isEmpty() || kept.copy().equals(begun.copy()))
            .orElse(begun);
    long version = there.map(plan -> plan.run().version()).orElse(0L);
    Run own =
        new Run(
            copier,
            version,
            Timestamps.of(now),
            runtime.traceIds().get(),
            now.plus(MovePlanSession.OWNED),
            Position.BEGINNING);
    CopyPlan plan = new CopyPlan(plans, runtime, own, progress);
    return plan.write() ? Optional.of(plan) : Optional.empty();
  }

  private static boolean isOwned(Run run, Instant now) {
    return !run.owner().isEmpty() && now.isBefore(run.ownedUntil());
  }

  CopyProgress progress() {
    return progress;
  }

  /** Keeps how far the copy is; durable on return. */
  synchronized void save() {
    progress.tick(runtime.clock().instant());
    run = owned(run.owner());
    if (!write()) {
      throw new TwinloomException(
          FunctionsError.MOVE_OVERTAKEN,
          "Another run has taken this run's copy over.",
          run.mover(),
          "Nothing is lost: the other run goes on with the copy.");
    }
  }

  /** The same, and leaves the plan to another run. */
  synchronized void release() {
    progress.tick(runtime.clock().instant());
    run = owned("");
    // A run that has taken it over meanwhile keeps it.
    var unused = write();
  }

  private Run owned(String owner) {
    Instant until = runtime.clock().instant().plus(MovePlanSession.OWNED);
    return new Run(run.mover(), run.version(), run.cutOff(), owner, until, run.position());
  }

  private boolean write() {
    PlannedChunk row =
        new PlannedChunk(
            ROW, "", Timestamps.MIN, Timestamps.MIN, 0, "", Json.bytes(progress.toJson()), false);
    boolean written = plans.save(run, List.of(row), List.of());
    if (written) {
      run = run.saved();
    }
    return written;
  }
}
