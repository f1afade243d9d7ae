package io.twinloom.local.mqtt;

import static io.twinloom.local.mqtt.ChannelFixture.telemetry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import io.twinloom.mqtt.MqttSecurity;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user that is bound to devices speaks for those alone, and hears those alone. */
class BoundUsersTest {

  @TempDir Path folder;
  private ChannelFixture fixture;

  @BeforeEach
  void start() {
    fixture = new ChannelFixture(folder).start();
    fixture.channel.close();
    fixture.channel =
        fixture.start(
            new LocalDeviceChannel.Listen(
                "127.0.0.1",
                0,
                new MqttSecurity(
                    Optional.empty(),
                    Map.of("alice", "a", "ops", "o"),
                    Map.of("alice", Set.of("lamp", "door")))));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private Mqtt5BlockingClient connected(String user, String password) {
    Mqtt5BlockingClient client =
        Mqtt5Client.builder()
            .identifier(user)
            .serverHost("127.0.0.1")
            .serverPort(fixture.port())
            .simpleAuth()
            .username(user)
            .password(password.getBytes(UTF_8))
            .applySimpleAuth()
            .buildBlocking();
    client.connect();
    return client;
  }

  private static void publish(Mqtt5BlockingClient client, String topic) {
    var unused =
        client
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload("{}".getBytes(UTF_8))
            .send();
  }

  @Test
  @DisplayName("a device's user publishes as another device, or listens to it")
  void aBoundUserPublishesForItsOwnDevicesOnly() {
    Mqtt5BlockingClient alice = connected("alice", "a");
    publish(alice, telemetry("lamp"));
    publish(alice, telemetry("door"));
    for (String other : new String[] {"oven", "lamp2", "l"}) {
      assertThatThrownBy(() -> publish(alice, telemetry(other)))
          .isInstanceOfSatisfying(
              Mqtt5PubAckException.class,
              e ->
                  assertThat(e.getMqttMessage().getReasonCode())
                      .isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED));
    }
    alice.disconnect();
    assertThat(fixture.taken).containsExactly("lamp {}", "door {}");
    assertThat(fixture.channel.events()).containsEntry("refused", 3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dt/house/+/commands",
        "dt/house/oven/commands",
        "dt/#",
        "#",
        "+/house/lamp/commands"
      })
  void aBoundUserListensToNoOtherDevice(String filter) {
    Mqtt5BlockingClient alice = connected("alice", "a");
    assertThatThrownBy(() -> alice.subscribeWith().topicFilter(filter).send())
        .isInstanceOf(Mqtt5SubAckException.class);
    alice.disconnect();
  }

  @Test
  void aBoundUserListensToItsOwnDevicesAndOthersToAll() {
    Mqtt5BlockingClient alice = connected("alice", "a");
    alice.subscribeWith().topicFilter("dt/house/lamp/commands").send();
    alice.subscribeWith().topicFilter("dt/house/lamp/#").send();
    alice.disconnect();
    Mqtt5BlockingClient ops = connected("ops", "o");
    ops.subscribeWith().topicFilter("dt/house/+/commands").send();
    publish(ops, telemetry("oven"));
    ops.disconnect();
    assertThat(fixture.taken).containsExactly("oven {}");
  }

  @Test
  void theWillOfABoundUserForAnotherDeviceIsNotPublished() {
    Mqtt5BlockingClient alice =
        Mqtt5Client.builder()
            .identifier("alice")
            .serverHost("127.0.0.1")
            .serverPort(fixture.port())
            .simpleAuth()
            .username("alice")
            .password("a".getBytes(UTF_8))
            .applySimpleAuth()
            .willPublish()
            .topic(telemetry("oven"))
            .payload("{}".getBytes(UTF_8))
            .applyWillPublish()
            .buildBlocking();
    alice.connect();
    await().until(() -> fixture.channel.events().get("will") == 1L);
    alice.disconnect();
    assertThat(fixture.taken).isEmpty();
  }
}
