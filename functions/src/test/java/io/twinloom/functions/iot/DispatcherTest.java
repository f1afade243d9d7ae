package io.twinloom.functions.iot;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.RecordingLog.Line;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {

  private static final String ACCEPTED = "2026-03-01T11:59:59.000000Z";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.GOOGLE);

  @Test
  void aMessageIsHandedToTheProcessorInAnEnvelope() {
    dispatch("press-1", "{\"timestamp\": \"2026-01-01T01:00:00+01:00\", \"temperature\": 21.50}");
    Later later = cloud.invoker.onlyLater();
    assertThat(later.function()).isEqualTo("plant-processor");
    JsonObject payload =
        object(
            "{\"device_id\": \"press-1\", \"timestamp\": \"2026-01-01T00:00:00.000000Z\","
                + " \"temperature\": 21.50}");
    JsonObject envelope = later.event();
    assertThat(envelope.object("payload")).contains(payload);
    assertThat(envelope.text("source_cloud")).contains("gcp");
    assertThat(envelope.text("target_layer")).contains("L2");
    assertThat(envelope.text("message_type")).contains("telemetry");
    assertThat(envelope.text("timestamp")).contains("2026-03-01T12:00:00.500000Z");
    assertThat(envelope.text("event_id")).contains(EventId.of(payload)).contains("PyY0Lw-xWzY");
    assertThat(UUID.fromString(envelope.text("trace_id").orElseThrow())).isNotNull();
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void theSuffixSaysWhichFunctionIsNext() {
    dispatcher(Map.of("TARGET_FUNCTION_SUFFIX", "-connector"))
        .invoke(message("press-1", "{}", "1"));
    assertThat(cloud.invoker.onlyLater().function()).isEqualTo("plant-connector");
  }

  @Test
  void eachMessageHasATraceOfItsOwnWhichItsLogLineShows() {
    dispatch("press-1", "{}");
    dispatch("press-1", "{}");
    String first = cloud.invoker.later().get(0).event().text("trace_id").orElseThrow();
    String second = cloud.invoker.later().get(1).event().text("trace_id").orElseThrow();
    assertThat(first).isNotEqualTo(second);
    assertThat(cloud.log.lines())
        .containsExactly(
            new Line("plant-dispatcher", "gcp", first, "press-1", "ok"),
            new Line("plant-dispatcher", "gcp", second, "press-1", "ok"));
  }

  @Test
  void aMessageWithoutTimeGetsTheTimeOfItsAcceptanceAlsoWhenItIsDeliveredAgain() {
    HostedFunction dispatcher = dispatcher(Map.of());
    dispatcher.invoke(message("press-1", "{\"temperature\": 1}", "17"));
    dispatcher.invoke(message("press-1", "{\"temperature\": 1}", "17"));
    JsonObject first = cloud.invoker.later().get(0).event();
    JsonObject again = cloud.invoker.later().get(1).event();
    assertThat(first.object("payload").orElseThrow().text("timestamp")).contains(ACCEPTED);
    assertThat(again.object("payload")).isEqualTo(first.object("payload"));
    assertThat(again.text("event_id")).isEqualTo(first.text("event_id"));
  }

  @Test
  void twoEqualMessagesWithoutTimeAreTwoMeasurements() {
    HostedFunction dispatcher = dispatcher(Map.of());
    dispatcher.invoke(message("press-1", "{\"temperature\": 1}", "17"));
    dispatcher.invoke(message("press-1", "{\"temperature\": 1}", "18"));
    assertThat(cloud.invoker.later().get(0).event().text("event_id"))
        .isNotEqualTo(cloud.invoker.later().get(1).event().text("event_id"));
  }

  @Test
  void aMessageWithItsOwnTimeThatIsPublishedAgainIsTheSameMeasurement() {
    HostedFunction dispatcher = dispatcher(Map.of());
    dispatcher.invoke(message("press-1", "{\"ts\": 5, \"temperature\": 1}", "17"));
    dispatcher.invoke(message("press-1", "{\"temperature\":1,\"ts\":5}", "18"));
    assertThat(cloud.invoker.later().get(0).event().text("event_id"))
        .isEqualTo(cloud.invoker.later().get(1).event().text("event_id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "not json",
        "{} {}",
        "[]",
        "[{}",
        "7",
        "\"text\"",
        "null",
        "{\"a\": NaN}",
        "{\"a\": \"\\ud83d\"}"
      })
  void whatIsNoJsonObjectIsADeadLetter(String payload) {
    assertRefused("press-1", payload, "TL-MESSAGE-SYNTAX");
  }

  @Test
  void whatIsNoUtf8IsADeadLetterWithItsBytes() {
    byte[] payload = {'{', '"', (byte) 0xff, '"', ':', '1', '}'};
    JsonObject event = new DeviceMessage("press-1", ACCEPTED, "1", payload).toEvent();
    dispatcher(Map.of()).invoke(event);
    DeadLetter letter = cloud.onlyDeadLetter();
    assertThat(DeviceMessage.of((JsonObject) letter.event()).payload()).isEqualTo(payload);
  }

  @Test
  void aMessageOver128KibIsADeadLetterAndOneOfExactlyThatPasses() {
    String most = "{\"a\": \"" + "x".repeat(128 * 1024 - 9) + "\"}";
    assertThat(most.getBytes(StandardCharsets.UTF_8)).hasSize(128 * 1024);
    dispatch("press-1", most);
    assertThat(cloud.invoker.later()).hasSize(1);
    assertRefused("press-1", most + " ", "TL-TOO-LARGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"device_id\": \"oven-2\"}",
        "{\"iotDeviceId\": \"unknown\"}",
        "{\"deviceId\": 5}"
      })
  void anotherDeviceThanItsChannelsIsADeadLetter(String payload) {
    assertRefused("press-1", payload, "TL-MESSAGE-DEVICE");
  }

  @Test
  void noDeviceAtAllIsADeadLetter() {
    assertRefused("", "{\"temperature\": 1}", "TL-MESSAGE-DEVICE");
  }

  @Test
  void aDeviceThatIsNotConfiguredIsADeadLetter() {
    assertRefused("press-9", "{\"temperature\": 1}", "TL-MESSAGE-DEVICE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"timestamp\": \"later\"}", "{\"time\": true}", "{\"ts\": 1e30}"})
  void aTimeThatCannotBeReadIsADeadLetter(String payload) {
    assertRefused("press-1", payload, "TL-MESSAGE-TIME");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"ts\": 1767225600000000000 | \"ts\" is 1767225600000000000 (19 digits: nanoseconds?); seconds or milliseconds are read",
        "\"ts\": 1767225600000000    | \"ts\" is 1767225600000000 (16 digits: microseconds?); seconds or milliseconds are read",
        "\"time\": \"00:54\"         | \"time\" is \"00:54\", a time of day without a date, no point in time",
        "\"time\": {}                | \"time\" is an object, no point in time",
        "\"timestamp\": \"soon\"     | \"timestamp\" is \"soon\", no point in time",
      })
  @DisplayName("a device sends a time of the clock, or nanoseconds")
  void theCauseNamesTheMemberAndItsValue(String member, String cause) {
    dispatch("press-1", "{" + member + "}");
    assertThat(cloud.onlyDeadLetter().error())
        .isEqualTo("The message's time cannot be read: " + cause + ".");
  }

  @Test
  @DisplayName("a device sends half an emoji in the name of a member")
  void halfASurrogateInANameIsSaidAsInAValue() {
    dispatch("press-1", "{\"k\\ud83d\": 1}");
    assertThat(cloud.onlyDeadLetter().error()).contains("half of a surrogate pair");
  }

  @Test
  void anEventThatIsNoDeviceMessageIsADeadLetter() {
    dispatcher(Map.of()).invoke(object("{\"something\": \"else\"}"));
    assertThat(cloud.onlyDeadLetter().event()).isEqualTo(object("{\"something\": \"else\"}"));
  }

  @Test
  void unknownPropertiesPassAndAreWarnedOf() {
    dispatch("press-1", "{\"colour\": \"red\", \"temperature\": \"hot\"}");
    JsonObject payload = cloud.invoker.onlyLater().event().object("payload").orElseThrow();
    assertThat(payload.text("colour")).contains("red");
    assertThat(cloud.log.messages(Level.WARN)).hasSize(2);
  }

  @Test
  void whereTheNextFunctionCannotBeInvokedTheHostIsToTryAgain() {
    cloud.invoker.breakDown();
    assertThatThrownBy(() -> dispatch("press-1", "{}")).isInstanceOf(InvocationException.class);
    assertThat(cloud.deadLetters).isEmpty();
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-INVOKE-UNAVAILABLE");
  }

  @Test
  void aMarkedMeasurementKeepsItsMark() {
    dispatch("press-1", "{\"_verify\": \"v-1\", \"temperature\": 1}");
    assertThat(cloud.invoker.onlyLater().event().object("payload").orElseThrow().text("_verify"))
        .contains("v-1");
    assertThat(cloud.log.counts()).isEmpty();
  }

  private void assertRefused(String channel, String payload, String code) {
    int before = cloud.invoker.later().size();
    JsonObject event = message(channel, payload, "1");
    dispatcher(Map.of()).invoke(event);
    assertThat(cloud.invoker.later()).hasSize(before);
    DeadLetter letter = cloud.onlyDeadLetter();
    assertThat(letter.function()).isEqualTo("plant-dispatcher");
    assertThat(letter.event()).isEqualTo(event);
    assertThat(letter.attempts()).isEqualTo(1);
    assertThat(letter.error()).isNotBlank();
    Line line = cloud.log.lines().getLast();
    assertThat(line.outcome()).isEqualTo(code);
    assertThat(letter.traceId()).isEqualTo(line.traceId()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T11:59:59.000001Z, 1",
    "2026-03-01T11:59:59.000000Z, 0",
    "2026-03-01T11:00:00.000000Z, 0",
    "'', 0"
  })
  @DisplayName("a device is removed while a message of it is on its way")
  void whatARetiredDeviceSentBeforeIsPassedOn(String retiredAt, int passedOn) {
    Twin twin =
        new Twin()
            .with(
                "retired_devices",
                JsonArray.of(
                    JsonObject.builder()
                        .put("id", "saw-3")
                        .put("properties", JsonArray.EMPTY)
                        .put("retired_at", retiredAt)
                        .build()));
    cloud
        .function(FunctionKind.DISPATCHER, twin, Map.of())
        .invoke(message("saw-3", "{\"t\": 1}", "1"));
    assertThat(cloud.invoker.later()).hasSize(passedOn);
    assertThat(cloud.deadLetters).hasSize(1 - passedOn);
  }

  @Test
  void aDeviceIsNotedOnceInAWhileWhereDevicesAreLetInOnSeveralClouds() {
    HostedFunction noting = dispatcher(Map.of("NOTE_DEVICES", "true"));
    noting.invoke(message("press-1", "{\"t\": 1}", "1"));
    noting.invoke(message("press-1", "{\"t\": 2}", "2"));
    noting.invoke(message("oven-2", "{\"t\": 1}", "3"));
    noting.invoke(message("nobody", "{\"t\": 1}", "4"));

    assertThat(cloud.seen.lastSeen("press-1")).contains(FakeCloud.NOW);
    assertThat(cloud.seen.lastSeen("oven-2")).contains(FakeCloud.NOW);
    assertThat(cloud.seen.lastSeen("nobody")).as("no device of the twin").isEmpty();
    assertThat(cloud.seen.writes()).isEqualTo(2);
  }

  @Test
  void noDeviceIsNotedByAMarkedMessageOrWhereThereIsOneCloud() {
    dispatch("press-1", "{\"t\": 1}");
    dispatcher(Map.of("NOTE_DEVICES", "true"))
        .invoke(message("press-1", "{\"t\": 1, \"_verify\": \"a1\"}", "1"));

    assertThat(cloud.invoker.later()).hasSize(2);
    assertThat(cloud.seen.writes()).isZero();
  }

  @Test
  void aDeviceThatCannotBeNotedIsCountedAndItsMessageGoesOn() {
    HostedFunction noting = dispatcher(Map.of("NOTE_DEVICES", "true"));
    cloud.seen.fail(true);
    noting.invoke(message("press-1", "{\"t\": 1}", "1"));
    assertThat(cloud.invoker.later()).hasSize(1);
    assertThat(cloud.log.counts()).containsOnlyOnce(Dispatcher.NOT_NOTED);

    cloud.seen.fail(false);
    noting.invoke(message("press-1", "{\"t\": 2}", "2"));
    assertThat(cloud.seen.lastSeen("press-1")).as("its next message tries again").isPresent();
  }

  private void dispatch(String channel, String payload) {
    dispatcher(Map.of()).invoke(message(channel, payload, "1"));
  }

  private HostedFunction dispatcher(Map<String, String> settings) {
    return cloud.function(FunctionKind.DISPATCHER, new Twin(), settings);
  }

  private static JsonObject message(String channel, String payload, String id) {
    return new DeviceMessage(channel, ACCEPTED, id, payload.getBytes(StandardCharsets.UTF_8))
        .toEvent();
  }
}
