package io.twinloom.functions.port;

import io.twinloom.model.Provider;
import java.util.Optional;

/** The way from a cloud to the devices that are connected to it. */
public interface DeviceChannel {

  /** A larger command is refused: the least of the clouds' limits. */
  int MAX_COMMAND_BYTES = 60 * 1024;

  /**
   * Sends a command to a device, at least once; for a device that is offline with a persistent
   * session it is kept, for one that is offline without it the command is gone.
   *
   * @throws InvocationException if the channel does not take it: with {@code LIMIT_EXCEEDED} where
   *     it will not take it soon either, since it is too large or too many wait for this device
   */
  void send(String device, byte[] payload);

  /**
   * The other cloud over whose channel a device is reached, where the twin lets devices in on
   * several. Empty where it is reached over this one, and of a channel that is the only one.
   */
  default Optional<Provider> elsewhere(String device) {
    return Optional.empty();
  }

  /**
   * Whether {@link #elsewhere} knows where a device is. Where it does not, a command goes over the
   * channels of all clouds that let devices in: one of them reaches the device.
   */
  default boolean knowsWhereDevicesAre() {
    return false;
  }
}
