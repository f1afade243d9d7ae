package io.twinloom.functions.tier;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.tier.CopyProgress.Stage;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The runs of a function that copies for a change of the twin: each goes on where the one before
 * has stopped, whatever stopped it, and only one works at a time.
 *
 * <p>What it is asked: {@code {"copy": ID}} begins the copy of that name or goes on with it, {@code
 * {"copy": ID, "verify": true}} goes through what it has copied once more, {@code {"continue":
 * true}} only goes on with what is open, {@code {"status": true}} does nothing. Each is answered
 * with how far it is.
 *
 * @param plans where is kept how far it is
 * @param limit how long a run may take; empty: as long as it takes
 * @param hasRoom whether the disk has room for copies; where it has not, the copy waits
 * @param pass the way through all that is to be copied
 * @param report says at the end of a run what it has done
 */
public record CopyRun(
    MovePlans plans,
    FunctionRuntime runtime,
    Optional<Duration> limit,
    BooleanSupplier hasRoom,
    Pass pass,
    Report report) {

  /** The variable with the seconds that a run may take; without it, as long as it takes. */
  public static final String LIMIT = MoveRunner.LIMIT;

  private static final JsonObject NONE = JsonObject.builder().put("state", "none").build();

  /** The way through all that is to be copied. */
  @FunctionalInterface
  public interface Pass {

    /**
     * Goes on with the pass that the plan says, to its end or until it is time to stop. What is
     * done twice has the effect of once.
     *
     * @param plan is kept whenever something more is done
     * @param stop whether the run is to end
     * @return whether its end was reached
     */
    boolean run(CopyPlan plan, String trace, BooleanSupplier stop);
  }

  /** Says what a run has done. */
  @FunctionalInterface
  public interface Report {

    /** Says it in the invocation's log. */
    void of(CopyProgress progress, Invocation invocation);
  }

  /** Does what is asked, and answers how far the copy is. */
  public JsonObject run(JsonObject event, Invocation invocation) {
    String copier = invocation.function();
    Optional<CopyProgress> kept = CopyPlan.kept(plans, copier);
    boolean continues = isOn(event, "continue");
    boolean open = kept.filter(progress -> progress.stage().isOpen()).isPresent();
    if (isOn(event, "status") || continues && !open) {
      return kept.map(CopyProgress::answer).orElse(NONE);
    }
    String name =
        continues ? kept.map(CopyProgress::copy).orElse("") : event.text("copy").orElse("");
    Optional<CopyPlan> taken = CopyPlan.take(plans, runtime, copier, new CopyProgress(name));
    if (taken.isEmpty()) {
      return kept.map(CopyProgress::answer).orElse(NONE).toBuilder().put("busy", true).build();
    }
    CopyPlan plan = taken.get();
    try {
      begin(plan.progress(), continues, isOn(event, "verify"));
      // A run that ends before its first step is gone on with, too.
      plan.save();
      work(plan, invocation);
      plan.save();
    } finally {
      plan.release(invocation);
    }
    report.of(plan.progress(), invocation);
    return plan.progress().answer();
  }

  private static boolean isOn(JsonObject event, String name) {
    return event.get(name) == JsonBoolean.TRUE;
  }

  private static void begin(CopyProgress progress, boolean continues, boolean verifies) {
    if (continues) {
      return;
    }
    switch (progress.stage()) {
      case COPYING, VERIFYING, VERIFIED -> {}
      case COPIED -> {
        if (verifies) {
          progress.begin(Stage.VERIFYING);
        }
      }
      case DIFFERENT -> {
        if (!verifies) {
          progress.begin(Stage.COPYING);
        }
      }
    }
  }

  private void work(CopyPlan plan, Invocation invocation) {
    CopyProgress progress = plan.progress();
    if (!progress.stage().isOpen()) {
      return;
    }
    Instant start = runtime.clock().instant();
    Instant deadline = limit.map(start::plus).orElse(Instant.MAX);
    progress.runs(start);
    BooleanSupplier stop =
        () -> {
          if (!runtime.clock().instant().isBefore(deadline)) {
            return true;
          }
          if (progress.stage() == Stage.COPYING && !hasRoom.getAsBoolean()) {
            progress.stopped("The disk is nearly full; the copy waits, and new events go on.");
            return true;
          }
          return false;
        };
    if (pass.run(plan, invocation.traceId(), stop)) {
      progress.passed();
    }
  }
}
