package io.twinloom.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IotRuleMessageTest {

  @Test
  void whatTheDeviceSentStaysAsItIs() {
    byte[] payload = "{\"temperature\": 21.50, \"n\": 1e400}".getBytes(StandardCharsets.UTF_8);
    JsonObject event = rule(Base64.getEncoder().encodeToString(payload), "1772366400500");
    assertThat(IotRuleMessage.isMessage(event)).isTrue();
    DeviceMessage message = DeviceMessage.of(IotRuleMessage.toEvent(event));
    assertThat(message.channelDevice()).isEqualTo("传感器-1");
    assertThat(message.acceptedAt()).isEqualTo("2026-03-01T12:00:00.500000Z");
    assertThat(message.messageId()).isEqualTo("0f1e");
    assertThat(message.payload()).isEqualTo(payload);
  }

  @Test
  void bytesThatAreNoTextStayAsTheyAre() {
    byte[] payload = {0, -1, 10, 127};
    JsonObject event = rule(Base64.getEncoder().encodeToString(payload), "0");
    assertThat(DeviceMessage.of(IotRuleMessage.toEvent(event)).payload()).isEqualTo(payload);
  }

  @Test
  void theEventThatAnyCloudsDispatcherKnowsIsNone() {
    DeviceMessage message = new DeviceMessage("d", "t", "m", new byte[] {'{', '}'});
    assertThat(IotRuleMessage.isMessage(message.toEvent())).isFalse();
    DeviceMessage binary = new DeviceMessage("d", "t", "m", new byte[] {-1});
    assertThat(IotRuleMessage.isMessage(binary.toEvent())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no base64!", "=", "ab c"})
  void aRuleThatEncodesOtherwiseIsSaidToBeWrong(String payload) {
    assertThatThrownBy(() -> IotRuleMessage.toEvent(rule(payload, "1")))
        .isInstanceOf(FunctionFailed.class)
        .hasMessageContaining("deploy again");
  }

  private static JsonObject rule(String payload, String accepted) {
    String json =
        """
        {"channel_device": "传感器-1", "client_id": "传感器-1", "accepted_ms": %s,
         "message_id": "0f1e", "payload_base64": "%s"}
        """
            .formatted(accepted, payload);
    return Json.parseObject(json.getBytes(StandardCharsets.UTF_8));
  }
}
