package io.twinloom.functions.processing;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationException.Reason;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProcessorWrapperTest {

  private static final JsonObject MESSAGE =
      object(
          "{\"device_id\": \"press-1\", \"timestamp\": \"2026-01-01T00:00:00.000000Z\","
              + " \"temperature\": 21.50}");

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final Twin twin = new Twin().processor("press-1", "plant-press-1-processor");
  private final List<JsonObject> given = new ArrayList<>();

  @Test
  void theResultOfTheDevicesCodeGoesToThePersister() {
    userCode(event -> event.toBuilder().put("fahrenheit", 70.7).build());
    process(MESSAGE);
    Later later = cloud.invoker.onlyLater();
    assertThat(later.function()).isEqualTo("plant-persister");
    assertThat(payload()).isEqualTo(MESSAGE.toBuilder().put("fahrenheit", 70.7).build());
    assertThat(later.event().text("trace_id")).contains("3f0e6c1e-0000-4000-8000-000000000001");
    assertThat(later.event().text("event_id")).contains("PyY0Lw-xWzY");
    assertThat(later.event().text("source_cloud")).contains("azure");
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("ok");
    assertThat(cloud.log.onlyLine().device()).isEqualTo("press-1");
  }

  @Test
  void theCodeIsGivenTheEventWithASecondNameOfItsDeviceButNoIds() {
    userCode(event -> event);
    process(MESSAGE.toBuilder().put("id", "x").put("event_id", "y").put("_verify", "v").build());
    assertThat(given)
        .containsExactly(
            MESSAGE.toBuilder().put("_verify", "v").put("iotDeviceId", "press-1").build());
    assertThat(payload()).isEqualTo(MESSAGE.toBuilder().put("_verify", "v").build());
  }

  @Test
  @DisplayName("the lines that user code prints are looked for by their trace")
  void theCodeIsCalledUnderTheTraceOfItsEvent() {
    userCode(event -> event);
    process(MESSAGE);
    assertThat(cloud.invoker.traces()).containsExactly("3f0e6c1e-0000-4000-8000-000000000001");
  }

  @Test
  @DisplayName("user code returns an id of its own")
  void anIdThatTheCodeReturnsIsReplacedWithAWarning() {
    userCode(event -> event.toBuilder().put("id", 5).put("event_id", "forged").build());
    process(MESSAGE);
    assertThat(payload()).isEqualTo(MESSAGE);
    assertThat(cloud.log.counts())
        .containsExactly("system-field-restored", "system-field-restored");
  }

  @Test
  void aDeviceWithoutCodeOfItsOwnHasTheDefaultProcessor() {
    twin.processor("*", "plant-default-processor");
    cloud.invoker.define("plant-default-processor", e -> e.toBuilder().put("by", "all").build());
    process(MESSAGE.toBuilder().put("device_id", "oven-2").build());
    assertThat(payload().text("by")).contains("all");
  }

  @Test
  void withoutAnyCodeAnEventPassesThrough() {
    JsonObject event = MESSAGE.toBuilder().put("device_id", "oven-2").build();
    process(event);
    assertThat(payload()).isEqualTo(event);
  }

  @Test
  void whatIsTheSystemsIsRestoredWithAWarningForEach() {
    userCode(
        event ->
            event.toBuilder()
                .put("device_id", "oven-2")
                .put("timestamp", 5)
                .put("event_id", "mine")
                .put("_verify", "other")
                .build());
    process(MESSAGE.toBuilder().put("_verify", "v").build());
    assertThat(payload()).isEqualTo(MESSAGE.toBuilder().put("_verify", "v").build());
    assertThat(cloud.invoker.onlyLater().event().text("event_id")).contains("PyY0Lw-xWzY");
    assertThat(cloud.log.messages(Level.WARN))
        .hasSize(4)
        .anySatisfy(text -> assertThat(text).contains("device_id"))
        .anySatisfy(text -> assertThat(text).contains("timestamp"))
        .anySatisfy(text -> assertThat(text).contains("event_id"))
        .anySatisfy(text -> assertThat(text).contains("_verify"));
  }

  @Test
  void whatIsTheSystemsAndLeftOutIsRestoredInSilence() {
    userCode(event -> object("{\"mean\": 20}"));
    process(MESSAGE);
    assertThat(payload())
        .isEqualTo(
            object(
                "{\"device_id\": \"press-1\", \"timestamp\": \"2026-01-01T00:00:00.000000Z\","
                    + " \"mean\": 20}"));
    assertThat(cloud.log.messages(Level.WARN)).isEmpty();
  }

  @Test
  void codeCannotMarkAMeasurementThatIsNotMarked() {
    userCode(event -> event.toBuilder().put("_verify", "v").build());
    process(MESSAGE);
    assertThat(payload()).isEqualTo(MESSAGE);
    assertThat(cloud.log.messages(Level.WARN)).hasSize(1);
  }

  @Test
  void theSecondNameIsDroppedAgainWhereItStillEqualsTheFirst() {
    userCode(event -> event.toBuilder().put("iotDeviceId", "changed").build());
    process(MESSAGE);
    assertThat(payload().text("iotDeviceId")).contains("changed");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"FUNCTION_FAILED", "LIMIT_EXCEEDED"})
  void aFailureOfTheCodeIsReportedWithDeviceAndTraceAndTriedAgain(Reason reason) {
    userCode(
        event -> {
          throw InvocationException.of(
              reason, "KeyError: 'pressure' (process.py, line 7)", "f", "Correct it.");
        });
    assertThatThrownBy(() -> process(MESSAGE))
        .isInstanceOfSatisfying(
            TwinloomException.class,
            e -> {
              assertThat(e.code()).isEqualTo("TL-USER-LOGIC");
              assertThat(e.retryable()).isTrue();
            })
        .hasMessageContaining("[USER_LOGIC_ERROR]")
        .hasMessageContaining("press-1")
        .hasMessageContaining("3f0e6c1e-0000-4000-8000-000000000001")
        .hasMessageContaining("KeyError: 'pressure' (process.py, line 7)");
    assertThat(cloud.invoker.later()).isEmpty();
    assertThat(cloud.log.messages(Level.ERROR))
        .singleElement()
        .asString()
        .contains("[USER_LOGIC_ERROR]");
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-USER-LOGIC");
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"UNKNOWN_FUNCTION", "UNAVAILABLE"})
  void whatIsNotTheCodesFaultIsNotBlamedOnIt(Reason reason) {
    userCode(
        event -> {
          throw InvocationException.of(reason, "no worker", "f", "Wait.");
        });
    assertThatThrownBy(() -> process(MESSAGE))
        .isInstanceOf(InvocationException.class)
        .hasMessageNotContaining("USER_LOGIC");
  }

  @Test
  void aResultOver192KibIsAFailureOfTheCode() {
    String most = "x".repeat(192 * 1024 - 8);
    userCode(event -> object("{\"a\": \"" + most + "\"}"));
    process(MESSAGE);
    userCode(event -> object("{\"a\": \"" + most + "x\"}"));
    assertThatThrownBy(() -> process(MESSAGE))
        .hasMessageContaining("[USER_LOGIC_ERROR]")
        .hasMessageContaining("196609 bytes");
  }

  @Test
  void aResultWithTextThatIsNoUnicodeIsAFailureOfTheCode() {
    userCode(event -> object("{\"a\": \"\\ud83d\"}"));
    assertThatThrownBy(() -> process(MESSAGE)).hasMessageContaining("[USER_LOGIC_ERROR]");
  }

  @Test
  void anEventWithoutDeviceIsADeadLetter() {
    process(object("{\"temperature\": 1}"));
    assertThat(cloud.onlyDeadLetter().error()).contains("device_id");
  }

  private void userCode(UnaryOperator<JsonObject> code) {
    cloud.invoker.define(
        "plant-press-1-processor",
        event -> {
          given.add(event);
          return code.apply(event);
        });
  }

  private void process(JsonObject payload) {
    cloud
        .function(FunctionKind.PROCESSOR, twin, Map.of("PERSISTER_LAMBDA_NAME", "plant-persister"))
        .invoke(
            JsonObject.builder()
                .put("payload", payload)
                .put("trace_id", "3f0e6c1e-0000-4000-8000-000000000001")
                .put("event_id", "PyY0Lw-xWzY")
                .build());
  }

  private JsonObject payload() {
    return cloud.invoker.onlyLater().event().object("payload").orElseThrow();
  }
}
