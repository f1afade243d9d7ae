package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.CloudDatabase;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCloudTest {

  @TempDir Path folder;

  /** Letters of an earlier run, in which other functions may have been deployed. */
  private void left(String... functions) throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (CloudDatabase database =
        CloudDatabase.open(data.resolve("aws.db"), SqliteDeadLetters.SCHEMA)) {
      SqliteDeadLetters letters = new SqliteDeadLetters(database, InstantSource.system());
      for (String function : functions) {
        JsonObject event = JsonObject.builder().put("device_id", "sensor").put("count", 1).build();
        letters.keep(new DeadLetter(function, event, "why", 3, "t"));
      }
    }
  }

  @Test
  void aDeadLetterWhoseFunctionIsGoneStaysAndSaysWhy() throws Exception {
    left("outage-gone", "outage-dispatcher");
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      LocalCloud cloud = twin.clouds.byProvider().get(KnownClouds.AWS);
      assertThatThrownBy(() -> cloud.replay(1))
          .isInstanceOf(TwinloomException.class)
          .hasMessageContaining("outage-gone");
      assertThat(cloud.replay(2)).isTrue();
      assertThat(cloud.deadLetters().ids()).contains(1L).doesNotContain(2L);
    }
  }

  @Test
  void aDeadLetterThatIsNotKeptIsNotReplayed() throws Exception {
    left("outage-dispatcher");
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      LocalCloud cloud = twin.clouds.byProvider().get(KnownClouds.AWS);
      assertThat(cloud.replay(77)).isFalse();
      assertThat(cloud.replay(1)).isTrue();
      assertThat(cloud.replay(1)).isFalse();
    }
  }

  @Test
  @DisplayName("a device publishes on a cloud that layer 1 is not on")
  void whoPublishesOnACloudThatDevicesDoNotBelongToIsToldWhere() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      Mqtt5BlockingClient device =
          Mqtt5Client.builder()
              .identifier("sensor")
              .serverHost("127.0.0.1")
              .serverPort(twin.clouds.endpoints().get(KnownClouds.AZURE).mqtt().getPort())
              .buildBlocking();
      device.connect();
      assertThatThrownBy(
              () ->
                  device
                      .publishWith()
                      .topic("dt/" + CrossingTwin.TWIN + "/sensor/telemetry")
                      .qos(MqttQos.AT_LEAST_ONCE)
                      .payload(new byte[] {'{', '}'})
                      .send())
          .isInstanceOfSatisfying(
              Mqtt5PubAckException.class,
              e ->
                  assertThat(e.getMqttMessage().getReasonString().orElseThrow().toString())
                      .contains(
                          "on aws",
                          twin.clouds.endpoints().get(KnownClouds.AWS).mqtt().toString()));
      device.disconnect();
      assertThat(twin.clouds.counters()).containsEntry("mqtt-refused", 1L);
    }
  }
}
