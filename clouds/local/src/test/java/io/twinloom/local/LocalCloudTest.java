package io.twinloom.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCloudTest {

  @TempDir Path folder;

  @Test
  void whatCannotBeInvokedSaysWhichFunctionIsMissing() throws Exception {
    try (CrossingTwin twin = CrossingTwin.start(folder)) {
      LocalCloud cloud = twin.clouds.byProvider().get(KnownClouds.AWS);
      JsonObject event = JsonObject.builder().put("device_id", "sensor").build();
      assertThatThrownBy(() -> cloud.invokeLater("outage-gone", event))
          .isInstanceOf(TwinloomException.class)
          .hasMessageContaining("outage-gone");
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
