package io.twinloom.functions.event;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeDevices.Sent;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.intercloud.RemoteException;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFeedbackTest {

  private static final String COMMAND =
      "{\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"oven-2\", \"payload\": {\"heat\": 0}}";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final Map<String, String> settings = new HashMap<>();
  private final List<JsonObject> given = new ArrayList<>();
  private Twin twin = new Twin().on("azure", "azure", "azure");

  @Test
  void withoutCodeTheRulesPayloadIsSentToTheDevice() {
    send(COMMAND);
    assertThat(cloud.devices.sent()).containsExactly(new Sent("oven-2", "{\"heat\":0}"));
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("ok");
    assertThat(cloud.log.onlyLine().device()).isEqualTo("oven-2");
    assertThat(cloud.log.onlyLine().traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
  }

  @Test
  void aPayloadMayBeAnyJson() {
    send(COMMAND.replace("{\"heat\": 0}", "\"stop\""));
    assertThat(cloud.devices.sent()).containsExactly(new Sent("oven-2", "\"stop\""));
  }

  @Test
  void theUsersCodeMakesWhatIsSent() {
    userCode(asked -> object("{\"heat\": 12.50}"));
    send(COMMAND.replace("}}", "}, \"event\": {\"device_id\": \"press-1\"}, \"rule\": 1}"));
    assertThat(cloud.devices.sent()).containsExactly(new Sent("oven-2", "{\"heat\":12.50}"));
    assertThat(given)
        .containsExactly(
            object(
                "{\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"oven-2\", \"payload\":"
                    + " {\"heat\": 0}, \"event\": {\"device_id\": \"press-1\"},"
                    + " \"trace_id\": \"3f0e6c1e-0000-4000-8000-000000000001\"}"));
  }

  @Test
  void aFailureOfTheCodeIsReportedWithDeviceAndTraceAndTriedAgain() {
    userCode(
        asked -> {
          throw InvocationException.failed("KeyError: 'x' (process.py:3)", "f", "Fix it.");
        });
    assertThatThrownBy(() -> send(COMMAND))
        .hasMessageContaining("[USER_LOGIC_ERROR]")
        .hasMessageContaining("oven-2")
        .hasMessageContaining("3f0e6c1e-0000-4000-8000-000000000001")
        .hasMessageContaining("KeyError: 'x' (process.py:3)");
    assertThat(cloud.devices.sent()).isEmpty();
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void aResultOver60KibIsAFailureOfTheCode() {
    String most = "x".repeat(60 * 1024 - 8);
    userCode(asked -> object("{\"a\": \"" + most + "\"}"));
    send(COMMAND);
    assertThat(cloud.devices.sent()).hasSize(1);
    userCode(asked -> object("{\"a\": \"" + most + "x\"}"));
    assertThatThrownBy(() -> send(COMMAND))
        .hasMessageContaining("[USER_LOGIC_ERROR]")
        .hasMessageContaining("61441 bytes");
  }

  @Test
  void aRulesPayloadOver60KibIsADeadLetter() {
    send(COMMAND.replace("0}", "\"" + "x".repeat(60 * 1024) + "\"}"));
    assertThat(cloud.onlyDeadLetter().error()).contains("61440 are accepted");
    assertThat(cloud.devices.sent()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"iotDeviceId\": \"oven-2\", \"payload\": 1}",
        "{\"digitalTwinName\": \"other\", \"iotDeviceId\": \"oven-2\", \"payload\": 1}",
        "{\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"nobody\", \"payload\": 1}",
        "{\"digitalTwinName\": \"plant\", \"iotDeviceId\": \"oven-2\"}",
      })
  void whatIsNoCommandIsADeadLetterAndEndsWell(String payload) {
    send(payload);
    assertThat(cloud.onlyDeadLetter().function()).isEqualTo("plant-event-feedback");
    assertThat(cloud.onlyDeadLetter().traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(cloud.devices.sent()).isEmpty();
  }

  @Test
  void aDeviceForWhichTooMuchWaitsIsADeadLetterAndHoldsUpNobody() {
    cloud.devices.fail(Reason.LIMIT_EXCEEDED);
    send(COMMAND);
    assertThat(cloud.onlyDeadLetter().function()).isEqualTo("plant-event-feedback");
  }

  @Test
  void aChannelThatDoesNotTakeItIsTriedAgain() {
    cloud.devices.fail(Reason.UNAVAILABLE);
    assertThatThrownBy(() -> send(COMMAND)).isInstanceOf(InvocationException.class);
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void whereTheDevicesAreOnAnotherCloudItIsPostedToItsGateway() {
    remote();
    send(COMMAND.replace("}}", "}, \"event\": {\"device_id\": \"press-1\"}, \"rule\": 2}"));
    Request request = cloud.remote.onlyRequest();
    assertThat(request.url()).isEqualTo(URI.create("https://aws.test/f"));
    assertThat(request.headers())
        .containsEntry("X-Inter-Cloud-Token", TOKEN)
        .hasEntrySatisfying(
            "Idempotency-Key",
            key -> assertThat(key).startsWith("3f0e6c1e-0000-4000-8000-000000000001-command-"));
    JsonObject body = request.json();
    assertThat(body.text("source_cloud")).contains("azure");
    assertThat(body.text("target_layer")).contains("L1");
    assertThat(body.text("message_type")).contains("command");
    assertThat(body.text("trace_id")).contains("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(body.object("payload")).contains(object(COMMAND));
    assertThat(cloud.devices.sent()).isEmpty();
  }

  @Test
  void twoRulesOfOneEventAreTwoCommandsToTheGateway() {
    remote();
    send(COMMAND.replace("}}", "}, \"rule\": 1}"));
    send(COMMAND.replace("}}", "}, \"rule\": 2}"));
    assertThat(cloud.remote.requests().stream().map(r -> r.headers().get("Idempotency-Key")))
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 409, 413})
  void whatTheGatewayRefusesIsADeadLetterAndEndsWell(int status) {
    remote();
    cloud.remote.answers(status);
    send(COMMAND);
    assertThat(cloud.remote.requests()).hasSize(1);
    assertThat(cloud.onlyDeadLetter().error()).contains("answered " + status);
    assertThat(((JsonObject) cloud.onlyDeadLetter().event()).object("payload"))
        .contains(object(COMMAND));
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-REMOTE-REFUSED");
  }

  @Test
  void aGatewayThatIsAwayForAMomentIsTriedAgain() {
    remote();
    cloud.remote.answers(503).answers(200);
    send(COMMAND);
    assertThat(cloud.remote.requests()).hasSize(2);
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainUnderTheSameKey() {
    remote();
    cloud.remote.fails(new IOException("reset")).answers(200);
    send(COMMAND);
    assertThat(cloud.remote.requests().stream().map(r -> r.headers().get("Idempotency-Key")))
        .hasSize(2)
        .doesNotContainNull()
        .satisfies(keys -> assertThat(Set.copyOf(keys)).hasSize(1));
  }

  @Test
  void aGatewayThatStaysAwayIsLeftToTheHost() {
    remote();
    cloud.remote.answers(500);
    assertThatThrownBy(() -> send(COMMAND)).isInstanceOf(RemoteException.class);
    assertThat(cloud.remote.requests()).hasSize(4);
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void anAddressBetweenEqualProvidersIsWarnedOfAndNotUsed() {
    settings.put("REMOTE_FEEDBACK_URL", "https://aws.test/f");
    settings.put("REMOTE_FEEDBACK_TOKEN", TOKEN);
    send(COMMAND);
    assertThat(cloud.remote.requests()).isEmpty();
    assertThat(cloud.devices.sent()).hasSize(1);
    assertThat(cloud.log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("REMOTE_FEEDBACK_URL");
  }

  @Test
  void withDevicesElsewhereAndNoAddressItWarnsAndWithoutAChannelItDoesNotStart() {
    twin = new Twin().on("aws", "azure", "azure");
    send(COMMAND);
    assertThat(cloud.log.messages(Level.WARN))
        .singleElement()
        .asString()
        .contains("layer_1_provider", "REMOTE_FEEDBACK_URL");
    cloud.remove(cloud.devices);
    assertThatThrownBy(() -> send(COMMAND))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("REMOTE_FEEDBACK_URL");
  }

  @Test
  void anAddressWithoutATokenIsAnError() {
    twin = new Twin().on("aws", "azure", "azure");
    settings.put("REMOTE_FEEDBACK_URL", "https://aws.test/f");
    assertThatThrownBy(() -> send(COMMAND)).isInstanceOf(ConfigurationError.class);
  }

  private void remote() {
    twin = new Twin().on("aws", "azure", "azure");
    settings.put("REMOTE_FEEDBACK_URL", "https://aws.test/f");
    settings.put("REMOTE_FEEDBACK_TOKEN", TOKEN);
  }

  private void userCode(UnaryOperator<JsonObject> code) {
    settings.put("USER_FEEDBACK_LAMBDA_NAME", "plant-user-feedback");
    cloud.invoker.define(
        "plant-user-feedback",
        asked -> {
          given.add(asked);
          return code.apply(asked);
        });
  }

  private void send(String payload) {
    cloud
        .function(FunctionKind.EVENT_FEEDBACK, twin, settings)
        .invoke(
            JsonObject.builder()
                .put("message_type", "command")
                .put(
                    "payload",
                    Json.parseObject(payload.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .put("trace_id", "3f0e6c1e-0000-4000-8000-000000000001")
                .put("event_id", "PyY0Lw-xWzY")
                .build());
  }
}
