package io.twinloom.deployer.cloud;

import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.device.DeviceCredentials;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Provider;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * The devices of a twin on the clouds: each has a connection of its own, with its own credentials,
 * made when it is first needed.
 */
final class CloudDevices implements DeviceClient {

  private final DeviceIndex index;
  private final Map<Provider, CloudSupport> clouds;
  private final Map<String, DeviceClient> connected = new LinkedHashMap<>();
  private Optional<BiConsumer<String, byte[]>> listener = Optional.empty();

  CloudDevices(CloudDataFolder folder, Map<Provider, CloudSupport> clouds) {
    this.index = DeviceIndex.of(folder);
    this.clouds = Map.copyOf(clouds);
  }

  @Override
  public CompletionStage<Void> publish(String device, byte[] payload) throws InterruptedException {
    return client(device).publish(device, payload);
  }

  @Override
  public synchronized void listen(BiConsumer<String, byte[]> received) throws InterruptedException {
    listener = Optional.of(received);
    for (DeviceClient client : connected.values()) {
      client.listen(received);
    }
  }

  private synchronized DeviceClient client(String device) throws InterruptedException {
    DeviceClient client = connected.get(device);
    if (client == null) {
      client = connect(device);
      connected.put(device, client);
      if (listener.isPresent()) {
        client.listen(listener.get());
      }
    }
    return client;
  }

  private DeviceClient connect(String device) {
    JsonObject known = index.find(device).orElseThrow(() -> DeviceCredentials.missing(device));
    CloudSupport cloud =
        known
            .text("cloud")
            .flatMap(Provider::of)
            .map(clouds::get)
            .orElseThrow(() -> DeviceCredentials.missing(device));
    return cloud.devices().connect(new DeviceCredentials(device, known));
  }

  /** Of those that are made by now. */
  @Override
  public synchronized boolean isConnected() {
    return connected.values().stream().allMatch(DeviceClient::isConnected);
  }

  @Override
  public synchronized void close() {
    connected.values().forEach(DeviceClient::close);
  }
}
