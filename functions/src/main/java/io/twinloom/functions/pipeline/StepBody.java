package io.twinloom.functions.pipeline;

import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.json.JsonObject;

/** One step of something longer: what it returns says what follows. Its events have no envelope. */
@FunctionalInterface
public non-sealed interface StepBody extends FunctionBody {

  /**
   * Does a step. The invocation has the event's trace, or a new one.
   *
   * @throws io.twinloom.model.TwinloomException if it failed, or the event is not what it should be
   */
  Done run(JsonObject event, Invocation invocation);
}
