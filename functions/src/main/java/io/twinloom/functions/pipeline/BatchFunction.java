package io.twinloom.functions.pipeline;

import io.twinloom.functions.outcome.Outcome;
import io.twinloom.functions.telemetry.Envelope;
import io.twinloom.functions.telemetry.EnvelopeForm;
import java.util.List;

/**
 * A function on the way of a measurement that does more for several events at once than for each of
 * them: it writes to a store, or sends to another cloud. Alone with one event it does the same.
 */
@FunctionalInterface
public non-sealed interface BatchFunction extends FunctionBody {

  /** An event, and the invocation that it is, which knows its source, trace and device. */
  record Item(Envelope envelope, Invocation invocation) {}

  /**
   * Handles events, of which each succeeds or fails by itself. What it throws is a failure of all.
   *
   * @param items at least one, in the order in which they came
   * @return an outcome for each, in the same order
   */
  List<Outcome> run(List<Item> items);

  /** How its envelopes are read. */
  default EnvelopeForm form() {
    return EnvelopeForm.OF_MEASUREMENTS;
  }

  @Override
  default boolean takesBatches() {
    return true;
  }
}
