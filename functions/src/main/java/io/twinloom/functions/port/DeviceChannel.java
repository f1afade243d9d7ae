package io.twinloom.functions.port;

/** The way from a cloud to the devices that are connected to it. */
public interface DeviceChannel {

  /** A larger command is refused: the least of the clouds' limits. */
  int MAX_COMMAND_BYTES = 60 * 1024;

  /**
   * Sends a command to a device, at least once; for a device that is offline with a persistent
   * session it is kept.
   *
   * @throws InvocationException if the channel does not take it: with {@code LIMIT_EXCEEDED} where
   *     it will not take it soon either, since it is too large or too many wait for this device
   */
  void send(String device, byte[] payload);

  /**
   * Whether a device was last seen on this channel, where the twin has device channels on several
   * clouds. True where that is not known: then it is only used by a twin that has one.
   */
  default boolean hasSeenLast(String device) {
    return true;
  }
}
