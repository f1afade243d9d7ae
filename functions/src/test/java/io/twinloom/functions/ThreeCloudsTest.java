package io.twinloom.functions;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.FakeRemote.Request;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.telemetry.DeviceMessage;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.ReplayMark;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The whole way of one measurement, with each layer on another cloud. */
class ThreeCloudsTest {

  private final Twin twin = new Twin().on("aws", "azure", "google").processor("*", "plant-default");
  private final FakeCloud l1 = new FakeCloud(KnownClouds.AWS);
  private final FakeCloud l2 = new FakeCloud(KnownClouds.AZURE);
  private final FakeCloud l3 = new FakeCloud(KnownClouds.GOOGLE);

  @Test
  void aMeasurementGoesFromItsDeviceThroughUserCodeIntoTheHotStoreAndIsReadBack() {
    l2.invoker.define("plant-default", e -> e.toBuilder().put("processed", true).build());
    byte[] payload =
        "{\"iotDeviceId\": \"press-1\", \"time\": 1767225600, \"temperature\": 21.50}"
            .getBytes(StandardCharsets.UTF_8);
    DeviceMessage message =
        new DeviceMessage("press-1", "2026-03-01T12:00:00.000000Z", "17", payload);

    l1.function(FunctionKind.DISPATCHER, twin, Map.of("TARGET_FUNCTION_SUFFIX", "-connector"))
        .invoke(message.toEvent());
    Later connector = l1.invoker.onlyLater();
    assertThat(connector.function()).isEqualTo("plant-connector");
    l1.function(
            FunctionKind.CONNECTOR,
            twin,
            Map.of("REMOTE_INGESTION_URL", "https://azure.test/in", "INTER_CLOUD_TOKEN", TOKEN))
        .invoke(connector.event());

    crossed(l1, l2.function(FunctionKind.INGESTION, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN)));
    Later processor = l2.invoker.onlyLater();
    assertThat(processor.function()).isEqualTo("plant-processor");
    l2.function(FunctionKind.PROCESSOR, twin, Map.of("PERSISTER_LAMBDA_NAME", "plant-persister"))
        .invoke(processor.event());
    Later persister = l2.invoker.later().getLast();
    assertThat(persister.function()).isEqualTo("plant-persister");
    l2.function(
            FunctionKind.PERSISTER,
            twin,
            Map.of("REMOTE_WRITER_URL", "https://google.test/w", "REMOTE_WRITER_TOKEN", TOKEN))
        .invoke(persister.event());
    crossed(l2, l3.function(FunctionKind.HOT_WRITER, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN)));

    HttpAnswer read =
        l3.function(FunctionKind.HOT_READER, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN))
            .receive(
                new HttpHead(
                    "GET", Map.of("x-inter-cloud-token", TOKEN), Map.of("device_id", "press-1")),
                new byte[0]);
    JsonObject item =
        (JsonObject) Json.parseObject(read.body()).array("items").get().values().get(0);
    assertThat(item)
        .isEqualTo(
            object(
                """
                {"id": "press-1_2026-01-01T00:00:00.000000Z", "device_id": "press-1",
                 "timestamp": "2026-01-01T00:00:00.000000Z", "event_id": "%s",
                 "temperature": 21.50, "processed": true}
                """
                    .formatted(connector.event().text("event_id").orElseThrow())));
    assertThat(persister.event().text("trace_id")).isEqualTo(connector.event().text("trace_id"));
    assertThat(l3.log.lines().getFirst().sourceCloud()).isEqualTo("azure");
  }

  @Test
  @DisplayName(
      "a replayed message that fails on another cloud is a letter that says of which replay")
  void whatFailsFurtherDownTheWayOfAReplaySaysOfWhichLetterItIsTheReplay() {
    DeviceMessage message =
        new DeviceMessage(
            "press-1",
            "2026-03-01T12:00:00.000000Z",
            "17",
            "{\"temperature\": 21.50}".getBytes(StandardCharsets.UTF_8));
    l1.function(FunctionKind.DISPATCHER, twin, Map.of("TARGET_FUNCTION_SUFFIX", "-connector"))
        .invoke(ReplayMark.on(message.toEvent(), "aws-3"));
    l1.function(
            FunctionKind.CONNECTOR,
            twin,
            Map.of("REMOTE_INGESTION_URL", "https://azure.test/in", "INTER_CLOUD_TOKEN", TOKEN))
        .invoke(l1.invoker.onlyLater().event());
    crossed(l1, l2.function(FunctionKind.INGESTION, twin, Map.of("INTER_CLOUD_TOKEN", TOKEN)));
    JsonObject processor = l2.invoker.onlyLater().event();
    assertThat(ReplayMark.of(processor)).contains("aws-3");
    l2.invoker.define("plant-default", e -> e);
    l2.function(FunctionKind.PROCESSOR, twin, Map.of("PERSISTER_LAMBDA_NAME", "plant-persister"))
        .invoke(processor);

    l2.remote.answers(400);
    l2.function(
            FunctionKind.PERSISTER,
            twin,
            Map.of("REMOTE_WRITER_URL", "https://google.test/w", "REMOTE_WRITER_TOKEN", TOKEN))
        .invoke(l2.invoker.later().getLast().event());
    assertThat(ReplayMark.of(l2.deadLetters.getFirst().event())).contains("aws-3");
    assertThat(l2.remote.onlyRequest().json().text("replay_of")).contains("aws-3");
    assertThat(l2.remote.onlyRequest().json().object("payload").orElseThrow().has("replay_of"))
        .as("it is no part of the measurement")
        .isFalse();
  }

  private static void crossed(FakeCloud from, HostedFunction receiver) {
    Request request = from.remote.onlyRequest();
    HttpAnswer answer =
        receiver.receive(new HttpHead("POST", request.headers(), Map.of()), request.body());
    assertThat(answer.status()).as(new String(answer.body())).isEqualTo(200);
  }
}
