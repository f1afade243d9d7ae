package io.twinloom.functions.pipeline;

import io.twinloom.functions.outcome.Outcome.Done;
import io.twinloom.functions.telemetry.DeviceMessage;
import java.util.List;

/**
 * A function at the beginning of a measurement's way. A message that it refuses becomes a dead
 * letter: the device that sent it is not waiting.
 */
@FunctionalInterface
public non-sealed interface MessageBody extends FunctionBody {

  /**
   * The measurements of a message, each of which is handled by itself, with a trace of its own.
   *
   * @return the message alone where it is no list
   * @throws io.twinloom.functions.error.Refused if none of it can be taken
   */
  default List<DeviceMessage> measurements(DeviceMessage message) {
    return List.of(message);
  }

  /**
   * Handles a measurement. The invocation has a new trace.
   *
   * @throws io.twinloom.functions.error.Refused if the measurement is not what it should be
   * @throws io.twinloom.model.TwinloomException if it failed
   */
  Done run(DeviceMessage measurement, Invocation invocation);

  @Override
  default boolean takesBatches() {
    return true;
  }
}
