package io.twinloom.local.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import io.twinloom.functions.port.DeviceChannel;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.model.TwinloomException;
import io.twinloom.mqtt.MqttLimits;
import io.twinloom.mqtt.MqttSecurity;
import io.twinloom.testkit.contract.DeviceChannelContract;
import io.twinloom.testkit.tls.SelfSigned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

  private void restart(MqttLimits limits) {
    fixture.stop();
    fixture.limits = limits;
    fixture.start();
  }

  @Test
  void aCommandThatIsTooLargeIsRefused() {
    assertThatThrownBy(() -> fixture.channel.send("lamp", new byte[60 * 1024 + 1]))
        .isInstanceOf(InvocationException.class)
        .hasMessageContaining("61441");
  }

  @Test
  void aDeviceWhoseQueueIsFullGetsNoMore() {
    restart(MqttLimits.DEFAULT.toBuilder().keptMessages(2).build());
    connect("lamp");
    disconnect("lamp");
    fixture.channel.send("lamp", new byte[1]);
    fixture.channel.send("lamp", new byte[1]);
    assertThatThrownBy(() -> fixture.channel.send("lamp", new byte[1]))
        .isInstanceOfSatisfying(
            InvocationException.class,
            e -> assertThat(e.reason()).isEqualTo(InvocationException.Reason.LIMIT_EXCEEDED));
  }

  @Test
  void aChannelThatIsClosedTakesNoCommand() {
    fixture.channel.close();
    assertThatThrownBy(() -> fixture.channel.send("lamp", new byte[1]))
        .isInstanceOfSatisfying(
            InvocationException.class,
            e -> assertThat(e.reason()).isEqualTo(InvocationException.Reason.UNAVAILABLE));
  }

  @Test
  void aCommandThatIsSentBeforeDevicesCanConnectWaitsForThem() throws Exception {
    connect("lamp");
    disconnect("lamp");
    fixture.stop();
    fixture.database = CloudDatabase.open(fixture.file, SqliteSessionStore.SCHEMA);
    fixture.channel =
        fixture.open(new LocalDeviceChannel.Listen("127.0.0.1", 0, MqttSecurity.NONE));
    fixture.channel.send("lamp", new byte[] {1});
    fixture.channel.listen();
    assertThat(connect("lamp").poll(60, TimeUnit.SECONDS)).isEqualTo(new byte[] {1});
  }

  @Test
  void aPortThatIsTakenIsAnErrorThatNamesIt() {
    assertThatThrownBy(
            () ->
                fixture.start(
                    new LocalDeviceChannel.Listen("127.0.0.1", fixture.port(), MqttSecurity.NONE)))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> assertThat(e.where()).isEqualTo("127.0.0.1:" + fixture.port()));
  }

  @Test
  void aCertificateThatCannotBeUsedIsAnErrorThatNamesThePemFiles() throws Exception {
    SelfSigned one = SelfSigned.in(Files.createDirectory(folder.resolve("one")));
    Path nonsense = Files.writeString(folder.resolve("nonsense.pem"), "nonsense");
    MqttSecurity security =
        new MqttSecurity(
            Optional.of(new MqttSecurity.Certificate(one.chain(), nonsense)), Map.of());
    assertThatThrownBy(() -> fixture.start(new LocalDeviceChannel.Listen("127.0.0.1", 0, security)))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-MQTT-CERTIFICATE");
              assertThat(e.where()).isEqualTo(one.chain() + ", " + nonsense);
              assertThat(e.fix()).contains("PEM").doesNotContain("listens");
            });
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    SelfSigned one = SelfSigned.in(Files.createDirectory(folder.resolve("one")));
    SelfSigned other = SelfSigned.in(Files.createDirectory(folder.resolve("other")));
    DeviceCertificate.check(
        new MqttSecurity(
            Optional.of(new MqttSecurity.Certificate(one.chain(), one.key())), Map.of()));

    MqttSecurity mixed =
        new MqttSecurity(
            Optional.of(new MqttSecurity.Certificate(one.chain(), other.key())), Map.of());
    assertThatThrownBy(() -> DeviceCertificate.check(mixed))
        .isInstanceOf(TwinloomException.class)
        .hasMessageContaining("is not that of the certificate");
  }

  @Test
  void commandsAreStillThereAfterAKill() throws Exception {
    connect("lamp");
    disconnect("lamp");
    fixture.channel.send("lamp", "one".getBytes(StandardCharsets.UTF_8));
    fixture.channel.send("lamp", "two".getBytes(StandardCharsets.UTF_8));
    // A copy of the files is what a killed process leaves behind.
    Path left = Files.createDirectory(folder.resolve("left"));
    for (String name : new String[] {"cloud.db", "cloud.db-wal"}) {
      Files.copy(folder.resolve(name), left.resolve(name));
    }
    try (ChannelFixture after = new ChannelFixture(left).start()) {
      ChannelFixture before = fixture;
      fixture = after;
      BlockingQueue<byte[]> received = connect("lamp");
      for (String text : new String[] {"one", "two"}) {
        assertThat(received.poll(60, TimeUnit.SECONDS))
            .asString(StandardCharsets.UTF_8)
            .isEqualTo(text);
      }
      disconnect("lamp");
      fixture = before;
    }
  }
}
