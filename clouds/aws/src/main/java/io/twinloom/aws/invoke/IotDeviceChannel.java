package io.twinloom.aws.invoke;

import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iotdataplane.IotDataPlaneClient;
import software.amazon.awssdk.services.iotdataplane.model.PublishRequest;

/**
 * Commands by IoT Core's own publishing over HTTPS, to {@code dt/{twin}/{device}/commands} at QoS
 * 1: IoT Core keeps them for a device that is away with a persistent session.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/iot/latest/apireference/API_iotdata_Publish.html">Publish</a>
 */
public final class IotDeviceChannel implements DeviceChannel {
  private static final int AT_LEAST_ONCE = 1;

  private final Supplier<IotDataPlaneClient> client;
  private final String twin;

  public IotDeviceChannel(Supplier<IotDataPlaneClient> client, String twin) {
    this.client = client;
    this.twin = twin;
  }

  @Override
  public void send(String device, byte[] payload) {
    if (payload.length > MAX_COMMAND_BYTES) {
      throw InvocationException.limitExceeded(
          "A command of " + payload.length + " bytes for device " + device,
          device,
          "Send at most " + MAX_COMMAND_BYTES + " bytes.");
    }
    PublishRequest request =
        PublishRequest.builder()
            .topic("dt/" + twin + "/" + device + "/commands")
            .qos(AT_LEAST_ONCE)
            .payload(SdkBytes.fromByteArray(payload))
            .build();
    try {
      client.get().publish(request);
    } catch (SdkException e) {
      throw InvocationException.unavailable(
          "IoT Core did not take the command for " + device + ": " + Unanswered.why(e),
          device,
          "The command is tried again by itself; see the cause in the log if this lasts.",
          e);
    }
  }
}
