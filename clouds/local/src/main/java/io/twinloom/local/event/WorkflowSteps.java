package io.twinloom.local.event;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.StepBody;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.Handed;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.Workflows.Run;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;

/** The twin's workflow function: runs one step of a run, and passes the next one on. */
public final class WorkflowSteps implements StepBody {

  private static final String STEP = "step";
  private static final String RESULT = "result";

  private final FunctionInvoker invoker;

  public WorkflowSteps(FunctionInvoker invoker) {
    this.invoker = invoker;
  }

  @Override
  public Done run(JsonObject event, Invocation invocation) {
    Run run = read(event);
    run.input().object("event").flatMap(e -> e.text("device_id")).ifPresent(invocation::device);
    int step = step(event, run);
    JsonObject result = call(run, step, event.object(RESULT).orElse(JsonObject.EMPTY));
    return step == run.functions().size()
        ? Done.NOTHING
        : Done.handing(
            Handed.to(
                invocation.function(),
                run.toJson().toBuilder().put(STEP, step + 1).put(RESULT, result).build()));
  }

  private JsonObject call(Run run, int step, JsonObject before) {
    String function = run.functions().get(step - 1);
    JsonObject given =
        step == 1 ? run.input() : run.input().toBuilder().put(RESULT, before).build();
    try {
      return invoker.call(function, given);
    } catch (InvocationException e) {
      if (e.reason() == Reason.UNAVAILABLE) {
        throw e; // Put off, not failed: its host may know when there is room.
      }
      throw new TwinloomException(
          LocalError.WORKFLOW_STEP,
          "Step " + step + " of " + run.functions().size() + ", " + function + ": " + e.what(),
          function,
          e.fix(),
          e);
    }
  }

  private static Run read(JsonObject event) {
    try {
      return Run.of(event);
    } catch (IllegalArgumentException e) {
      throw Refused.of(
          LocalError.WORKFLOW_RUN,
          "The workflow is given no functions to run.",
          "Start it as the event checker does: {\"functions\": […], \"input\": {…}}.");
    }
  }

  /** From 1: where an event begins a run, it does not say so. */
  private static int step(JsonObject event, Run run) {
    if (!(event.get(STEP) instanceof JsonNumber number)) {
      return 1;
    }
    int most = run.functions().size();
    for (int step = 1; step <= most; step++) {
      if (number.text().equals(Integer.toString(step))) {
        return step;
      }
    }
    throw Refused.of(
        LocalError.WORKFLOW_RUN,
        "The workflow has no such step.",
        "Give it one of 1 to " + most + ".");
  }
}
