package io.twinloom.functions.pipeline;

import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;

/**
 * A function on the way of a measurement or command, which handles each event by itself. An event
 * that it refuses, or that another cloud refuses to take from it, is answered with that where it
 * was posted; otherwise its sender is not waiting, and it becomes a dead letter.
 */
@FunctionalInterface
public non-sealed interface EventBody extends FunctionBody {

  /**
   * Handles an event. The invocation knows its source, its trace and, if the twin has it, its
   * device.
   *
   * @throws io.twinloom.functions.error.Refused if the event is not what it should be
   * @throws io.twinloom.functions.intercloud.RemoteException if another cloud did not take it
   * @throws io.twinloom.model.TwinloomException if it failed
   */
  Done run(Envelope envelope, Invocation invocation);

  /** How its envelopes are read. */
  default EnvelopeForm form() {
    return EnvelopeForm.OF_MEASUREMENTS;
  }
}
