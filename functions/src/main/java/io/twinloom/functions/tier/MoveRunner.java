package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.tier.MovePlanSession.Taken;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Runs a mover: an open plan is executed to its end before a new one is made, and only one run
 * works on it; a run ends within its time limit, and reports what it has left.
 */
final class MoveRunner {

  /**
   * The variable with the seconds that a run may take; without it, it takes as long as it takes.
   */
  static final String LIMIT = "MOVER_TIME_LIMIT_SECONDS";

  /**
   * The variable that says why a mover makes no plan for the time being: what it takes from, or
   * what it gives to, is being copied. Marked measurements are moved all the same.
   */
  static final String SUSPENDED = "MOVER_SUSPENDED";

  /** How the execution of a plan ended. */
  enum End {
    /** All of it is done, or cannot be. */
    DONE,
    /** Everything would be refused alike: what was clearly not taken is planned anew some time. */
    REFUSED,
    /** The rest is for a later run. */
    LATER
  }

  /** Executes a plan. */
  interface PlanExecution {
    End execute(
        MovePlanSession session, MoveResult result, Invocation invocation, Instant deadline);
  }

  private final MovePlans plans;
  private final FunctionRuntime runtime;
  private final Duration every;
  private final Optional<Duration> limit;
  private final Optional<String> suspended;
  private final Optional<MoveLane> lane;
  private final PlanExecution execution;

  /**
   * @param every how far the mover's scheduled runs are apart
   * @param limit how long a run may take; empty: as long as it takes
   * @param suspended why it makes no plan for the time being; empty where it does
   */
  MoveRunner(
      MovePlans plans,
      FunctionRuntime runtime,
      Duration every,
      Optional<Duration> limit,
      Optional<String> suspended,
      PlanExecution execution) {
    this(plans, runtime, every, limit, suspended, Optional.empty(), execution);
  }

  private MoveRunner(
      MovePlans plans,
      FunctionRuntime runtime,
      Duration every,
      Optional<Duration> limit,
      Optional<String> suspended,
      Optional<MoveLane> lane,
      PlanExecution execution) {
    this.lane = lane;
    this.plans = plans;
    this.runtime = runtime;
    this.every = every;
    this.limit = limit;
    this.suspended = suspended;
    this.execution = execution;
  }

  /** A mover that does not know how long items stay does not start. */
  static void needDays(TwinInfo.Tiers tiers) {
    if (tiers.hotDays() < 1 || tiers.coldDays() < 1) {
      throw ConfigurationError.bad(
          "DIGITAL_TWIN_INFO",
          "hot_storage_size_in_days and cold_storage_size_in_days must be whole numbers from 1.");
    }
  }

  /** The same mover with a plan of its own for a part of the devices. */
  MoveRunner inLane(MoveLane own, PlanExecution part) {
    return new MoveRunner(plans, runtime, every, limit, suspended, Optional.of(own), part);
  }

  /**
   * Runs a mover: ends the open plan, then, unless only that was asked for, makes its own. What is
   * left in a plan that is ended, since its copy may be there, goes over into the next one. While
   * it is suspended it says so, and does nothing but end the open plan, where that is asked for.
   */
  JsonObject run(MoveOrder order, String cutOff, Invocation invocation) {
    return run(
        invocation,
        order,
        () -> {
          MoveResult result = new MoveResult();
          return moves(order, cutOff, result, invocation, deadline())
              ? reported(result, invocation)
              : busy(invocation);
        },
        () -> isOpen(invocation.function()));
  }

  /** What a mover answers, which may be suspended. */
  JsonObject run(
      Invocation invocation, MoveOrder order, Supplier<JsonObject> move, BooleanSupplier open) {
    if (suspended.isEmpty()) {
      return move.get();
    }
    invocation.note(Level.INFO, "The mover is suspended.", Map.of("why", suspended.get()));
    if (!order.continues()) {
      return JsonObject.builder().put("suspended", suspended.get()).build();
    }
    JsonObject ended = move.get();
    return ended.toBuilder()
        .put("suspended", suspended.get())
        .put("open_plan", open.getAsBoolean())
        .build();
  }

  /** When a run that begins now has to end. */
  Instant deadline() {
    return limit.map(runtime.clock().instant()::plus).orElse(Instant.MAX);
  }

  /** Whether its plan is not ended. */
  boolean isOpen(String function) {
    return plans.open(planOf(function)).isPresent();
  }

  private String planOf(String function) {
    return lane.map(own -> own.planOf(function)).orElse(function);
  }

  /**
   * Ends the open plan and makes its own, as {@link #run} does.
   *
   * @param deadline of the run: what is begun later opens its plan, and leaves it for the next run
   * @return false where another run is at it
   */
  boolean moves(
      MoveOrder order, String cutOff, MoveResult result, Invocation invocation, Instant deadline) {
    String mover = planOf(invocation.function());
    String owner = runtime.traceIds().get();
    Taken taken = MovePlanSession.takeOpen(plans, mover, owner, runtime.clock());
    boolean found = taken instanceof Taken.Owned;
    if (taken instanceof Taken.None) {
      if (order.continues()) {
        return true;
      }
      taken = MovePlanSession.begin(plans, mover, cutOff, owner, runtime.clock());
    }
    if (!(taken instanceof Taken.Owned(MovePlanSession session))) {
      return false;
    }
    boolean due = !order.continues() || isDue(session.cutOff(), cutOff);
    boolean anew = found && due && suspended.isEmpty();
    execute(
        session,
        () -> {
          End end = execution.execute(session, result, invocation, deadline);
          if (end != End.DONE || !anew) {
            return end;
          }
          session.restart(cutOff);
          return execution.execute(session, result, invocation, deadline);
        },
        invocation);
    return true;
  }

  /**
   * Whether a plan has been at work until about the next one: then the schedule's own run finds it
   * owned, and does nothing.
   */
  private boolean isDue(String planned, String cutOff) {
    return Duration.between(Instant.parse(planned), Instant.parse(cutOff))
            .compareTo(every.minus(Duration.ofHours(1)))
        >= 0;
  }

  private static void execute(MovePlanSession session, Supplier<End> plans, Invocation invocation) {
    boolean ended = false;
    try {
      if (plans.get() != End.LATER && session.open().isEmpty()) {
        session.end();
        ended = true;
      }
    } finally {
      if (!ended) {
        session.release(invocation);
      }
    }
  }

  static JsonObject busy(Invocation invocation) {
    invocation.note(Level.INFO, "Another run is in progress; this one does nothing.", Map.of());
    return new MoveResult().toJson().toBuilder().put("busy", true).build();
  }

  /** Says what a run has moved, and warns of what it has left. */
  static JsonObject reported(MoveResult result, Invocation invocation) {
    result.left().warn(invocation, "Left in place");
    JsonObject json = result.toJson();
    invocation.note(
        Level.INFO,
        "Moved.",
        Map.of(
            "items", String.valueOf(json.get("items")),
            "chunks", String.valueOf(json.get("chunks")),
            "bytes", String.valueOf(json.get("bytes")),
            "left", Long.toString(result.left().count())));
    return json;
  }
}
