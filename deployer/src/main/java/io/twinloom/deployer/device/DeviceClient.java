package io.twinloom.deployer.device;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The devices' side of a deployed twin's channel: publishes as they do, reports each message when
 * the cloud has acknowledged it, and gets the devices' commands. May be used by any thread.
 */
public interface DeviceClient extends AutoCloseable {

  /**
   * Publishes one message as a device.
   *
   * @return completes when it is acknowledged; exceptionally when the connection ends before
   * @throws InterruptedException if interrupted while too many wait for their acknowledgement
   */
  CompletionStage<Void> publish(String device, byte[] payload) throws InterruptedException;

  /**
   * Gets the commands of all devices from now on; those that were sent before are not kept for it.
   *
   * @param received is given a device and what it was sent, on a thread that must not be held
   * @throws io.twinloom.model.TwinloomException if the channel does not confirm it within ten
   *     seconds
   */
  void listen(BiConsumer<String, byte[]> received) throws InterruptedException;

  /**
   * Gets what all devices publish from now on, as far as the channel shows it.
   *
   * @param received is given a device and what it published, on a thread that must not be held
   * @throws TwinloomException if the channel shows it to nobody, or does not confirm it within ten
   *     seconds
   */
  default void observe(BiConsumer<String, byte[]> received) throws InterruptedException {
    throw new TwinloomException(
        DeployerError.TELEMETRY_UNSEEN,
        "The device channel shows nobody what devices publish.",
        "",
        DeployerError.TELEMETRY_UNSEEN.fix());
  }

  /** Whether the connection is there: what was lost once comes back with a new client only. */
  boolean isConnected();

  @Override
  void close();
}
