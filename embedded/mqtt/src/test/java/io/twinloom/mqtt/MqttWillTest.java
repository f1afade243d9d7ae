package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is published for a device that is cut off. */
class MqttWillTest {
  private ServerFixture fixture;
  private RawClient viewer;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture().start();
    viewer = new RawClient(fixture.port());
    viewer.connect3("viewer", true);
    viewer.subscribe("dt/house/+/telemetry", 1);
  }

  @AfterEach
  void stop() throws IOException {
    viewer.close();
    fixture.close();
  }

  private Mqtt5BlockingClient device(String topic) {
    Mqtt5BlockingClient device = fixture.client5("d1");
    device
        .connectWith()
        .willPublish()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(bytes("cut off"))
        .applyWillPublish()
        .send();
    return device;
  }

  private RawClient rawDevice(String willTopic) throws IOException {
    return rawDevice(willTopic, 8);
  }

  /**
   * @param flags of the will besides that there is one
   */
  private RawClient rawDevice(String willTopic, int flags) throws IOException {
    RawClient device = new RawClient(fixture.port());
    device.send(
        0x10,
        out -> {
          out.writeUTF("MQTT");
          out.writeByte(4);
          out.writeByte(2 | 4 | flags);
          out.writeShort(60);
          out.writeUTF("d1");
          out.writeUTF(willTopic);
          out.writeShort(7);
          out.write(bytes("cut off"));
        });
    device.expect(2);
    return device;
  }

  @Test
  void aDeviceThatIsCutOffHasItsWillPublished() throws Exception {
    rawDevice(telemetry("lamp")).cut();
    assertThat(viewer.expect(3).publishText()).isEqualTo("cut off");
    assertThat(fixture.taken).extracting(ServerFixture.Taken::text).containsExactly("cut off");
  }

  @Test
  void aDeviceThatSaysGoodbyeHasNot() throws Exception {
    device(telemetry("lamp")).disconnect();
    await().untilAsserted(() -> assertThat(fixture.server.counts().connections()).isEqualTo(1));
    viewer.ping();
    viewer.expect(13);
    assertThat(fixture.taken).isEmpty();
  }

  @Test
  void aGoodbyeMayAskForTheWill() throws Exception {
    device(telemetry("lamp"))
        .disconnectWith()
        .reasonCode(Mqtt5DisconnectReasonCode.DISCONNECT_WITH_WILL_MESSAGE)
        .send();
    assertThat(viewer.expect(3).publishText()).isEqualTo("cut off");
  }

  @Test
  @DisplayName("a will asks for a quality of service that is not offered")
  void aWillOfMqtt3ThatIsLoweredToQos1OrNotRetainedIsPublishedWithANote() throws Exception {
    rawDevice(telemetry("lamp"), 0x10 | 0x20).cut();
    assertThat(viewer.expect(3).publishText()).isEqualTo("cut off");
    assertThat(fixture.notes)
        .anyMatch(n -> n.contains("QoS 1") && n.contains("d1") && n.contains(telemetry("lamp")))
        .anyMatch(n -> n.contains("not retained"));
    assertThat(fixture.server.events()).containsEntry("will", 1L).containsEntry("not-retained", 1L);
  }

  @Test
  void aWillToATopicThatIsNoDevicesIsIgnoredWithANote() throws Exception {
    rawDevice("elsewhere").cut();
    await().untilAsserted(() -> assertThat(fixture.server.counts().connections()).isEqualTo(1));
    assertThat(fixture.notes).anyMatch(note -> note.contains("elsewhere"));
    assertThat(fixture.taken).isEmpty();
  }

  @Test
  void aDelayedWillIsDroppedWhenTheDeviceIsBackInItsSession() throws Exception {
    Mqtt5BlockingClient device = fixture.client5("d1");
    device
        .connectWith()
        .cleanStart(false)
        .sessionExpiryInterval(600)
        .willPublish()
        .topic(telemetry("lamp"))
        .payload(bytes("delayed"))
        .delayInterval(300)
        .applyWillPublish()
        .send();
    try (RawClient again = new RawClient(fixture.port())) {
      assertThat(again.connect5("d1", false, 600)).isTrue();
      viewer.ping();
      viewer.expect(13);
      assertThat(fixture.taken).isEmpty();
    }
  }
}
