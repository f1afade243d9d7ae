package io.twinloom.functions.intercloud;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.telemetry.EventList;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several events in one request to a receiver. */
class EventListTest {

  private final FakeCloud cloud = new FakeCloud(KnownClouds.GOOGLE);
  private final Twin twin = new Twin().on("aws", "azure", "google");

  @Test
  void eachEventIsHandledAsIfItCameAloneAndAnsweredInItsPlace() {
    HttpAnswer answer =
        post(
            FunctionKind.HOT_WRITER,
            envelope(1, "\"temperature\": 1"),
            "{\"payload\": {\"device_id\": \"nobody\", \"timestamp\": 1}}",
            "17",
            envelope(2, "\"note\": \"" + "x".repeat(192 * 1024) + "\""),
            envelope(3, "\"temperature\": 3"));

    assertThat(answer.status()).isEqualTo(200);
    List<JsonValue> results = results(answer);
    assertThat(results.get(0))
        .isEqualTo(
            object("{\"status\": \"Success\", \"id\": \"press-1_2026-01-01T00:00:01.000000Z\"}"));
    assertThat(codes(results)).containsExactly(200, 400, 400, 413, 200);
    assertThat(((JsonObject) results.get(1)).text("error").orElseThrow()).contains("nobody");
    assertThat(cloud.hotStore.all()).extracting(HotItem::timestamp).hasSize(2);
    assertThat(answer.events()).isEqualTo(5);
    assertThat(answer.failed()).as("a refusal is no failure").isZero();
    assertThat(cloud.deadLetters).isEmpty();
  }

  @Test
  void anIngestionHandsOnEveryEventUnderItsOwnTrace() {
    HttpAnswer answer =
        post(FunctionKind.INGESTION, envelope(1, "\"a\": 1"), envelope(2, "\"a\": 2"));
    assertThat(results(answer))
        .containsOnly(object("{\"status\": \"Success\", \"invoked\": \"plant-processor\"}"));
    assertThat(cloud.invoker.later())
        .extracting(Later::event)
        .extracting(event -> event.text("trace_id").orElseThrow())
        .containsExactly(trace(1), trace(2));
  }

  @Test
  void aStoreThatFailsFailsEachEventAndAQueueThatIsFullIsUnavailableForEach() {
    cloud.hotStore.breakDown();
    assertThat(codes(results(post(FunctionKind.HOT_WRITER, envelope(1, ""), envelope(2, "")))))
        .containsOnly(500);
    cloud.invoker.breakDown();
    HttpAnswer full = post(FunctionKind.INGESTION, envelope(1, ""), envelope(2, ""));
    assertThat(codes(results(full))).containsOnly(503);
    assertThat(full.failed()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"INGESTION", "HOT_WRITER", "TWIN_UPDATER"})
  void aListThatIsNoneOrHasNoOrTooManyEventsIsRefusedAsAWhole(FunctionKind kind) {
    assertThat(send(kind, "{\"events\": {}}").status()).isEqualTo(400);
    assertThat(send(kind, "{\"events\": []}").status()).isEqualTo(400);
    assertThat(send(kind, "{\"events\": [{}], \"payload\": {}}").status()).isEqualTo(400);
    List<String> many = Collections.nCopies(EventList.MOST + 1, envelope(1, ""));
    assertThat(post(kind, many.toArray(String[]::new)).status()).isEqualTo(400);
    List<String> large =
        Collections.nCopies(9, envelope(1, "\"x\": \"" + "x".repeat(120_000) + "\""));
    assertThat(post(kind, large.toArray(String[]::new)).status()).isEqualTo(413);
  }

  @Test
  void aBareItemMayHaveAMemberThatIsNamedAsAListIs() {
    HttpAnswer answer =
        send(
            FunctionKind.HOT_WRITER,
            "{\"device_id\": \"press-1\", \"timestamp\": 1, \"events\": [1]}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(cloud.hotStore.all().getFirst().body().has("events")).isTrue();
  }

  @Test
  void aFeedbackGatewayTakesNoLists() {
    assertThat(post(FunctionKind.FEEDBACK_GATEWAY, envelope(1, "")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 197, 198})
  void anEventInAListMayBeAsDeepAsOneAlone(int depth) {
    String nested = "\"n\": " + "[".repeat(depth) + "]".repeat(depth);
    assertThat(send(FunctionKind.HOT_WRITER, envelope(1, nested)).status()).isEqualTo(200);
    assertThat(codes(results(post(FunctionKind.HOT_WRITER, envelope(1, ""), envelope(2, nested)))))
        .containsExactly(200, 200);
  }

  @Test
  void anEventThatIsDeeperThanOneAloneMayBeIsRefused() {
    String nested = "\"n\": " + "[".repeat(199) + "]".repeat(199);
    assertThat(send(FunctionKind.HOT_WRITER, envelope(1, nested)).status()).isEqualTo(400);
    assertThat(post(FunctionKind.HOT_WRITER, envelope(1, nested)).status()).isEqualTo(400);
  }

  @Test
  void twoEventsOfOneDeviceAndInstantAreBothKeptTheFirstInItsPlace() {
    HttpAnswer answer =
        post(FunctionKind.HOT_WRITER, envelope(1, "\"a\": 1"), envelope(1, "\"a\": 2"));
    assertThat(results(answer).stream().map(r -> ((JsonObject) r).text("id").orElseThrow()))
        .containsExactly(
            "press-1_2026-01-01T00:00:01.000000Z", "press-1_2026-01-01T00:00:01.000001Z");
  }

  private HttpAnswer post(FunctionKind kind, String... envelopes) {
    List<byte[]> bodies = new ArrayList<>();
    for (String envelope : envelopes) {
      bodies.add(envelope.getBytes(StandardCharsets.UTF_8));
    }
    return send(kind, new String(EventList.bytes(bodies), StandardCharsets.UTF_8));
  }

  private HttpAnswer send(FunctionKind kind, String body) {
    HostedFunction receiver = cloud.function(kind, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN));
    return receiver.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", TOKEN), Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static String envelope(int number, String values) {
    String time = "2026-01-01T00:00:%02d.000000Z".formatted(number);
    return """
        {"source_cloud": "aws", "target_layer": "L2", "message_type": "telemetry",
         "timestamp": "%s", "trace_id": "%s",
         "payload": {"device_id": "press-1", "timestamp": "%s"%s}}
        """
        .formatted(time, trace(number), time, values.isEmpty() ? "" : ", " + values);
  }

  private static String trace(int number) {
    return "3f0e6c1e-0000-4000-8000-0000000000%02d".formatted(number);
  }

  private static List<JsonValue> results(HttpAnswer answer) {
    return Json.parseObject(answer.body()).array("results").orElseThrow().values();
  }

  private static List<Integer> codes(List<JsonValue> results) {
    return results.stream()
        .map(JsonObject.class::cast)
        .map(r -> r.get("code") instanceof JsonNumber code ? Integer.parseInt(code.text()) : 200)
        .toList();
  }
}
