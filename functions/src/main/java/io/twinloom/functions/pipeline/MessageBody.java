package io.twinloom.functions.pipeline;

import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.telemetry.DeviceMessage;

/**
 * A function at the beginning of a measurement's way. A message that it refuses becomes a dead
 * letter: the device that sent it is not waiting.
 */
@FunctionalInterface
public non-sealed interface MessageBody extends FunctionBody {

  /**
   * Handles a message. The invocation has a new trace.
   *
   * @throws io.twinloom.functions.error.Refused if the message is not what it should be
   * @throws io.twinloom.model.TwinloomException if it failed
   */
  Done run(DeviceMessage message, Invocation invocation);

  @Override
  default boolean takesBatches() {
    return true;
  }
}
