package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.MovePlans.PlannedChunk;
import io.twinloom.functions.tier.MovePlanSession.Taken;
import io.twinloom.json.Json;
import io.twinloom.model.time.Timestamps;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The plan of a copy, which a run owns as it does a mover's. It has one row, which holds how far
 * the copy is; it stays when the copy is done, so that who asks again gets that answer. Used by
 * several threads.
 */
public final class CopyPlan {

  private static final long ROW = 1;

  private final MovePlanSession session;
  private final InstantSource clock;
  private final CopyProgress progress;

  private CopyPlan(MovePlanSession session, InstantSource clock, CopyProgress progress) {
    this.session = session;
    this.clock = clock;
    this.progress = progress;
  }

  /** What is kept of a copier's plan; empty where it has none. */
  static Optional<CopyProgress> kept(MovePlans plans, String copier) {
    return plans.open(copier).flatMap(plan -> progress(plan.chunks()));
  }

  private static Optional<CopyProgress> progress(List<PlannedChunk> rows) {
    return rows.stream().findFirst().map(row -> CopyProgress.of(Json.parseObject(row.members())));
  }

  /**
   * Takes a copier's plan for a run; empty where another run works on it.
   *
   * @param begun what is begun where nothing is kept of this copy
   */
  static Optional<CopyPlan> take(
      MovePlans plans, FunctionRuntime runtime, String copier, CopyProgress begun) {
    InstantSource clock = runtime.clock();
    String owner = runtime.traceIds().get();
    Taken taken = MovePlanSession.takeOpen(plans, copier, owner, clock);
    if (taken instanceof Taken.None) {
      String now = Timestamps.of(clock.instant());
      taken = MovePlanSession.begin(plans, copier, now, owner, clock);
    }
    if (!(taken instanceof Taken.Owned(MovePlanSession session))) {
      return Optional.empty();
    }
    CopyProgress progress =
        progress(session.found())
            .filter(kept -> begun.copy().isEmpty() || kept.copy().equals(begun.copy()))
            .orElse(begun);
    return Optional.of(new CopyPlan(session, clock, progress));
  }

  /** How far the copy is. */
  public CopyProgress progress() {
    return progress;
  }

  /** Keeps how far the copy is; durable on return. */
  public synchronized void save() {
    progress.tick(clock.instant());
    byte[] json = Json.bytes(progress.toJson());
    session.keep(new PlannedChunk(ROW, "", Timestamps.MIN, Timestamps.MIN, 0, "", json, false));
  }

  /** Leaves the plan to another run. */
  void release(Invocation invocation) {
    session.release(invocation);
  }
}
