package io.twinloom.functions.iot;

import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.RecordingLog.Line;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.functions.port.InvocationException;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.ReplayMark;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a device sends a list of measurements in one message")
class DispatcherListTest {

  private static final String ACCEPTED = "2026-03-01T11:59:59.000000Z";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.GOOGLE);
  private final HostedFunction dispatcher =
      cloud.function(FunctionKind.DISPATCHER, new Twin(), Map.of());

  @Test
  void eachIsAMeasurementWithATraceOfItsOwn() {
    dispatch("[{\"ts\": 1, \"temperature\": 1}, {\"ts\": 2, \"temperature\": 2}]");
    assertThat(payloads())
        .extracting(payload -> String.valueOf(payload.get("temperature")))
        .containsExactly("1", "2");
    Set<String> traces = new HashSet<>();
    cloud.invoker.later().forEach(l -> traces.add(l.event().text("trace_id").orElseThrow()));
    assertThat(traces).hasSize(2);
  }

  @Test
  void theIdOfOneWithItsOwnTimeIsThatOfTheSameMeasurementSentAlone() {
    dispatch("[{\"ts\": 5, \"temperature\": 1}]");
    dispatch("{\"ts\": 5, \"temperature\": 1}");
    List<Later> later = cloud.invoker.later();
    assertThat(later.get(0).event().text("event_id"))
        .isEqualTo(later.get(1).event().text("event_id"));
  }

  @Test
  @DisplayName("equal ones without a time are distinguished by their place in the list")
  void equalOnesWithoutATimeAreSeveralMeasurements() {
    dispatch("[{\"temperature\": 1}, {\"temperature\": 1}]");
    JsonObject normal =
        object(
            "{\"device_id\": \"press-1\", \"timestamp\": \""
                + ACCEPTED
                + "\", \"temperature\": 1}");
    assertThat(cloud.invoker.later())
        .extracting(l -> l.event().text("event_id").orElseThrow())
        .containsExactly(EventId.of(normal, "17\n0"), EventId.of(normal, "17\n1"));
  }

  @Test
  @DisplayName("those without a time do not compete for one place in the store")
  void thoseWithoutATimeGetTheTimesThatTheStoreWouldGiveThem() {
    dispatch("[{\"temperature\": 1}, {\"ts\": 5}, {\"temperature\": 3}]");
    assertThat(payloads())
        .extracting(payload -> payload.text("timestamp").orElseThrow())
        .containsExactly(ACCEPTED, "1970-01-01T00:00:05.000000Z", "2026-03-01T11:59:59.000002Z");
  }

  @Test
  void oneThatIsDeliveredAgainGivesTheSameMeasurements() {
    dispatch("[{\"temperature\": 1}, {\"temperature\": 1}]");
    List<JsonObject> first = payloads();
    dispatch("[{\"temperature\": 1}, {\"temperature\": 1}]");
    assertThat(payloads().subList(2, 4)).isEqualTo(first);
  }

  @Test
  void oneThatIsRefusedIsADeadLetterOfItsOwnAndTheOthersPass() {
    dispatch("[{\"temperature\": 1}, {\"ts\": \"soon\"}, 7, {\"device_id\": \"oven-2\"}]");
    assertThat(cloud.invoker.later()).hasSize(1);
    assertThat(cloud.deadLetters)
        .extracting(letter -> new String(payload(letter), StandardCharsets.UTF_8))
        .containsExactly("{\"ts\":\"soon\"}", "7", "{\"device_id\":\"oven-2\"}");
    assertThat(cloud.log.lines())
        .extracting(Line::outcome)
        .containsExactly("TL-MESSAGE-TIME", "TL-MESSAGE-SYNTAX", "TL-MESSAGE-DEVICE");
  }

  @Test
  @DisplayName("a refused one that is replayed keeps its place, and so its id")
  void aReplayedOneKeepsItsPlace() {
    dispatch("[{\"temperature\": 1}, {\"temperature\": 1, \"device_id\": \"oven-2\"}]");
    JsonObject letter = (JsonObject) cloud.deadLetters.getFirst().event();
    JsonObject fixed = letter.toBuilder().put("payload", "{\"temperature\": 1}").build();
    dispatcher.invoke(fixed);
    JsonObject normal =
        object(
            "{\"device_id\": \"press-1\", \"timestamp\": \""
                + ACCEPTED
                + "\", \"temperature\": 1}");
    assertThat(cloud.invoker.later().getLast().event().text("event_id"))
        .contains(EventId.of(normal, "17\n1"));
  }

  @Test
  void aListInAListIsNoMeasurementNorWhenItIsReplayed() {
    dispatch("[[{\"temperature\": 1}]]");
    dispatcher.invoke((JsonObject) cloud.deadLetters.getFirst().event());
    assertThat(cloud.invoker.later()).isEmpty();
    assertThat(cloud.deadLetters).hasSize(2);
  }

  @Test
  void aThousandPassAndOneMoreIsRefusedAsAWhole() {
    dispatch(listOf(1_000));
    assertThat(cloud.invoker.later()).hasSize(1_000);
    assertThat(Collections.frequency(cloud.log.counts(), Invocation.LISTED)).isEqualTo(999);
    dispatch(listOf(1_001));
    assertThat(cloud.invoker.later()).hasSize(1_000);
    assertThat(cloud.onlyDeadLetter().error())
        .isEqualTo("The message is a list of 1,001 measurements; 1 to 1000 are accepted.");
  }

  @Test
  void eachMayBeNestedAsDeepAsOneThatComesAlone() {
    String deep = "{\"a\": " + "[".repeat(199) + "]".repeat(199) + "}";
    dispatch(deep);
    dispatch("[" + deep + "]");
    assertThat(cloud.invoker.later()).hasSize(2);
    dispatch("[{\"a\": " + deep + "}]");
    assertThat(cloud.deadLetters).hasSize(1);
  }

  @Test
  @DisplayName("a refused one of a list that has to come again is one dead letter in the end")
  void whatIsRefusedIsKeptOnceTheOthersAreHandedOn() {
    cloud.invoker.breakDown();
    assertThatThrownBy(() -> dispatch("[{\"temperature\": 1}, 7]"))
        .isInstanceOf(InvocationException.class);
    assertThat(cloud.deadLetters).isEmpty();
    assertThat(cloud.log.counts()).doesNotContain(Invocation.LISTED);
  }

  @Test
  @DisplayName("in PRODUCTION one line says how the measurements of a list ended")
  void oneLineSpeaksForThoseThatEndedWell() {
    dispatch("[{\"temperature\": 1}, {\"temperature\": 2}, 7]");
    assertThat(cloud.log.batches())
        .singleElement()
        .satisfies(
            batch -> {
              assertThat(batch.endings().ok()).isEqualTo(2);
              assertThat(batch.endings().dead()).isEqualTo(1);
            });
  }

  @Test
  void aRefusedOneOfAReplayedListSaysOfWhichLetterItIsTheReplay() {
    dispatcher.invoke(
        ReplayMark.on(
            new DeviceMessage("press-1", ACCEPTED, "17", "[7]".getBytes(StandardCharsets.UTF_8))
                .toEvent(),
            "aws-3"));
    assertThat(ReplayMark.of(cloud.onlyDeadLetter().event())).contains("aws-3");
  }

  private static String listOf(int measurements) {
    return "[" + String.join(",", Collections.nCopies(measurements, "{\"temperature\":1}")) + "]";
  }

  private static byte[] payload(DeadLetter letter) {
    return DeviceMessage.of((JsonObject) letter.event()).payload();
  }

  private List<JsonObject> payloads() {
    return cloud.invoker.later().stream()
        .map(later -> later.event().object("payload").orElseThrow())
        .toList();
  }

  private void dispatch(String payload) {
    dispatcher.invoke(
        new DeviceMessage("press-1", ACCEPTED, "17", payload.getBytes(StandardCharsets.UTF_8))
            .toEvent());
  }
}
