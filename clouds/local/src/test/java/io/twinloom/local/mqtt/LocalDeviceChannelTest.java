package io.twinloom.local.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.testkit.contract.DeviceChannelContract;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The local clouds' channel keeps what every cloud's promises, with a client of another house. */
class LocalDeviceChannelTest implements DeviceChannelContract {

  @TempDir Path folder;

  private final Map<String, Mqtt3AsyncClient> clients = new LinkedHashMap<>();
  private ChannelFixture fixture;

  @BeforeEach
  void start() {
    fixture = new ChannelFixture(folder).start();
  }

  @AfterEach
  void stop() {
    clients.keySet().stream().toList().forEach(this::disconnect);
    fixture.close();
  }

  @Override
  public DeviceChannel channel() {
    return fixture.channel;
  }

  @Override
  public BlockingQueue<byte[]> connect(String device) {
    BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    Mqtt3AsyncClient client =
        Mqtt3Client.builder()
            .identifier(device)
            .serverHost("127.0.0.1")
            .serverPort(fixture.port())
            .buildAsync();
    // Before it connects: what was kept for it comes at once.
    client.publishes(
        MqttGlobalPublishFilter.ALL, message -> received.add(message.getPayloadAsBytes()));
    client.connectWith().cleanSession(false).send().join();
    client
        .subscribeWith()
        .topicFilter("dt/" + ChannelFixture.TWIN + "/" + device + "/commands")
        .qos(MqttQos.AT_LEAST_ONCE)
        .send()
        .join();
    clients.put(device, client);
    return received;
  }

  @Override
  public void disconnect(String device) {
    Mqtt3AsyncClient client = clients.remove(device);
    if (client != null) {
      client.disconnect().join();
    }
  }
}
