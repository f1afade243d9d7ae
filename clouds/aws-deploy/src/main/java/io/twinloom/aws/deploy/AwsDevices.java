package io.twinloom.aws.deploy;

import io.twinloom.deployer.device.DeviceAccess;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.DeviceCredentials;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * IoT Core over MQTT: each device has a connection of its own, with its own certificate, whose
 * policy lets it publish and listen for itself alone. A real device that uses the same certificate
 * at the same time is disconnected by AWS, as MQTT has it for equal client ids.
 */
final class AwsDevices implements DeviceAccess {

  private static final int TLS_PORT = 8883;
  private static final String CERTIFICATE = "certificate";
  private static final String PRIVATE_KEY = "private_key";

  @Override
  public Map<String, String> secretFiles() {
    return Map.of(CERTIFICATE, "certificate.pem", PRIVATE_KEY, "private.key");
  }

  @Override
  public DeviceClient connect(DeviceCredentials credentials) {
    String endpoint = credentials.text("endpoint");
    URI channel =
        endpoint.contains("://")
            ? URI.create(endpoint)
            : URI.create("ssl://" + endpoint + ":" + TLS_PORT);
    MqttAccess access =
        new MqttAccess(
            Optional.empty(),
            Optional.empty(),
            credentials.optionalFile("authority"),
            Optional.of(
                new MqttAccess.Identity(
                    credentials.file(CERTIFICATE), credentials.file(PRIVATE_KEY))));
    return new OneDevice(
        MqttDeviceClient.connect(
            channel, access, twinOf(credentials.text("telemetry")), credentials.text("client_id")),
        credentials.device());
  }

  /** The topics of a device are {@code dt/{twin}/{device}/…}. */
  private static String twinOf(String telemetry) {
    return telemetry.split("/", -1)[1];
  }

  /** A connection that may listen to the commands of its own device only. */
  private record OneDevice(MqttDeviceClient client, String device) implements DeviceClient {

    @Override
    public CompletionStage<Void> publish(String as, byte[] payload) throws InterruptedException {
      return client.publish(as, payload);
    }

    @Override
    public void listen(BiConsumer<String, byte[]> received) throws InterruptedException {
      client.listenTo(device, received);
    }

    @Override
    public boolean isConnected() {
      return client.isConnected();
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
