package io.twinloom.deployer.cloud;

import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.MqttAccess;
import io.twinloom.deployer.device.MqttDeviceClient;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The devices of a twin on the clouds: each has a connection of its own, with its own certificate,
 * which lets it publish and listen for itself alone. A real device that uses the same certificate
 * at the same time is thrown out by its cloud, as MQTT has it for equal client ids.
 */
final class CloudDevices implements DeviceClient {

  private static final int TLS_PORT = 8883;

  private final JsonObject index;
  private final Map<String, MqttDeviceClient> lines = new LinkedHashMap<>();
  private Optional<BiConsumer<String, byte[]>> listener = Optional.empty();

  CloudDevices(CloudDataFolder folder) {
    this.index = folder.deviceIndex().read();
  }

  @Override
  public CompletionStage<Void> publish(String device, byte[] payload) throws InterruptedException {
    return line(device).publish(device, payload);
  }

  @Override
  public void listen(BiConsumer<String, byte[]> received) throws InterruptedException {
    listener = Optional.of(received);
    for (Map.Entry<String, MqttDeviceClient> line : Map.copyOf(lines).entrySet()) {
      line.getValue().listenTo(line.getKey(), received);
    }
  }

  private synchronized MqttDeviceClient line(String device) throws InterruptedException {
    MqttDeviceClient line = lines.get(device);
    if (line == null) {
      line = connect(device);
      lines.put(device, line);
      if (listener.isPresent()) {
        line.listenTo(device, listener.get());
      }
    }
    return line;
  }

  private MqttDeviceClient connect(String device) {
    JsonObject known = index.object(device).orElseThrow(() -> unknown(device));
    String endpoint = text(known, device, "endpoint");
    URI channel =
        endpoint.contains("://")
            ? URI.create(endpoint)
            : URI.create("ssl://" + endpoint + ":" + TLS_PORT);
    MqttAccess access =
        new MqttAccess(
            Optional.empty(),
            Optional.empty(),
            known.text("authority_file").map(Path::of),
            Optional.of(
                new MqttAccess.Identity(
                    Path.of(text(known, device, "certificate_file")),
                    Path.of(text(known, device, "private_key_file")))));
    return MqttDeviceClient.connect(
        channel,
        access,
        twinOf(text(known, device, "telemetry")),
        text(known, device, "client_id"));
  }

  /** The topics of a device are {@code dt/{twin}/{device}/…}. */
  private static String twinOf(String telemetry) {
    return telemetry.split("/", -1)[1];
  }

  private static String text(JsonObject known, String device, String key) {
    return known.text(key).orElseThrow(() -> unknown(device));
  }

  private static TwinloomException unknown(String device) {
    return new TwinloomException(
        DeployerError.DEVICE_NO_CREDENTIALS,
        "There is nothing that device '" + device + "' could connect with.",
        device,
        "Deploy the twin again: that writes what each of its devices connects with.");
  }

  @Override
  public void close() {
    lines.values().forEach(MqttDeviceClient::close);
  }
}
