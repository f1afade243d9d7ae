package io.twinloom.mqtt;

import static io.twinloom.mqtt.ServerFixture.bytes;
import static io.twinloom.mqtt.ServerFixture.telemetry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Devices publish, with both versions of the protocol. */
class MqttPublishTest extends StartedServer {
  @Test
  void aPublishOfMqtt3IsTakenInAndAcknowledged() {
    Mqtt3BlockingClient device = fixture.client3("d1");
    device.connect();
    device
        .publishWith()
        .topic(telemetry("lamp"))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(bytes("{\"on\":true}"))
        .send();
    assertThat(fixture.taken).hasSize(1);
    assertThat(fixture.taken.get(0).device()).isEqualTo("lamp");
    assertThat(fixture.taken.get(0).text()).isEqualTo("{\"on\":true}");
    device.disconnect();
  }

  @Test
  void aPublishOfMqtt5IsTakenInAndAcknowledged() {
    Mqtt5BlockingClient device = fixture.client5("d1");
    device.connect();
    device
        .publishWith()
        .topic(telemetry("Außenfühler-温度"))
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(bytes("{}"))
        .send();
    assertThat(fixture.taken).hasSize(1);
    assertThat(fixture.taken.get(0).device()).isEqualTo("Außenfühler-温度");
    device.disconnect();
  }

  @Test
  void aPublishWithoutAcknowledgementIsTakenIn() {
    Mqtt3BlockingClient device = fixture.client3("d1");
    device.connect();
    device
        .publishWith()
        .topic(telemetry("lamp"))
        .qos(MqttQos.AT_MOST_ONCE)
        .payload(bytes("{}"))
        .send();
    await().untilAsserted(() -> assertThat(fixture.taken).hasSize(1));
    device.disconnect();
  }

  @Test
  void aClientOfMqtt5IsToldTheLimits() {
    Mqtt5BlockingClient device = fixture.client5("d1");
    Mqtt5ConnAck connAck = device.connect();
    assertThat(connAck.getRestrictions().getMaximumQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
    assertThat(connAck.getRestrictions().isRetainAvailable()).isFalse();
    assertThat(connAck.getRestrictions().isSharedSubscriptionAvailable()).isFalse();
    assertThat(connAck.getRestrictions().isWildcardSubscriptionAvailable()).isTrue();
    assertThat(connAck.getRestrictions().getReceiveMaximum()).isEqualTo(1_000);
    assertThat(connAck.getRestrictions().getMaximumPacketSize()).isEqualTo(1024 * 1024);
    device.disconnect();
  }

  @Test
  void anAcknowledgementWaitsForTheIntake() {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    fixture.intake = (device, payload) -> durable;
    Mqtt5BlockingClient device = fixture.client5("d1");
    device.connect();
    CompletableFuture<?> published =
        device
            .toAsync()
            .publishWith()
            .topic(telemetry("lamp"))
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(bytes("{}"))
            .send();
    // A ping's answer shows that the publish before it was read and not acknowledged.
    device.toAsync().subscribeWith().topicFilter("a").send().join();
    assertThat(published).isNotDone();
    durable.complete(null);
    published.join();
    device.disconnect();
  }

  @Test
  void aTopicThatIsNoDevicesIsRefused() {
    Mqtt5BlockingClient device = fixture.client5("d1");
    device.connect();
    for (String topic :
        new String[] {
          "elsewhere",
          "dt/other/lamp/telemetry",
          "dt/house/lamp",
          "dt/house//telemetry",
          "dt/house/lamp/telemetry/x",
          "dt/house/lamp/Telemetry",
          "dt/houses/lamp/telemetry"
        }) {
      assertThatThrownBy(
              () ->
                  device
                      .publishWith()
                      .topic(topic)
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload(bytes("{}"))
                      .send())
          .as(topic)
          .isInstanceOfSatisfying(
              Mqtt5PubAckException.class,
              e ->
                  assertThat(e.getMqttMessage().getReasonCode())
                      .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED));
    }
    assertThat(fixture.taken).isEmpty();
    assertThat(fixture.server.counts().refused()).isEqualTo(7);
    assertThat(fixture.notes).anyMatch(note -> note.contains("d1"));
    device.disconnect();
  }

  @Test
  void aFailureOfTheIntakeIsNotAcknowledged() {
    fixture.intake = (d, payload) -> CompletableFuture.failedFuture(new IllegalStateException());
    Mqtt5BlockingClient device = fixture.client5("d1");
    device.connect();
    assertThatThrownBy(
            () ->
                device
                    .publishWith()
                    .topic(telemetry("lamp"))
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(bytes("{}"))
                    .send())
        .isInstanceOf(Mqtt5PubAckException.class);
    assertThat(fixture.server.counts().failed()).isEqualTo(1);
    device.disconnect();
  }
}
