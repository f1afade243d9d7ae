package io.twinloom.local;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;

/** The device channel as functions see it, which are made before it is open. */
final class LateChannel implements DeviceChannel {

  private static final DeviceChannel CLOSED =
      (device, payload) -> {
        throw InvocationException.unavailable(
            "The device channel is not open yet", device, "It is tried again by itself.");
      };

  private volatile DeviceChannel channel = CLOSED;

  void open(DeviceChannel opened) {
    channel = opened;
  }

  @Override
  public void send(String device, byte[] payload) {
    channel.send(device, payload);
  }
}
