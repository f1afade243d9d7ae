package io.twinloom.functions.processing;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static io.twinloom.functions.fake.Twin.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.FakeInvoker.Later;
import io.twinloom.functions.fake.RecordingLog.Line;
import io.twinloom.functions.fake.RecordingLog.Note;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.pipeline.FunctionPipeline;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IngestionTest {

  private static final String BODY =
      """
      {"source_cloud": "aws", "target_layer": "L2", "message_type": "telemetry",
       "timestamp": "2026-01-01T00:00:01.000000Z",
       "payload": {"device_id": "press-1", "timestamp": "2026-01-01T00:00:00.000000Z",
                   "temperature": 21.50},
       "trace_id": "3f0e6c1e-0000-4000-8000-000000000001", "event_id": "PyY0Lw-xWzY"}
      """;

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private final HostedFunction ingestion =
      cloud.function(
          FunctionKind.INGESTION,
          new Twin().on("aws", "azure", "azure"),
          Map.of("INTER_CLOUD_TOKEN", TOKEN));

  @Test
  void withItsTokenAMeasurementIsHandedToTheProcessor() {
    HttpAnswer answer = post(TOKEN, BODY);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Json.parseObject(answer.body()))
        .isEqualTo(object("{\"status\": \"Success\", \"invoked\": \"plant-processor\"}"));
    Later later = cloud.invoker.onlyLater();
    assertThat(later.function()).isEqualTo("plant-processor");
    assertThat(later.event()).isEqualTo(object(BODY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", "  ", TOKEN + "x"})
  void withAnotherTokenItIsForbidden(String token) {
    assertThat(post(token, BODY).status()).isEqualTo(403);
    assertThat(cloud.invoker.later()).isEmpty();
  }

  @Test
  void withoutATokenItIsForbidden() {
    HttpAnswer answer =
        ingestion.receive(
            new HttpHead("POST", Map.of(), Map.of()), BODY.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(cloud.invoker.later()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-INTER-CLOUD-TOKEN", "X-Inter-Cloud-Token", "x-inter-cloud-token"})
  void theHeadersNameCountsInAnyCase(String header) {
    HttpAnswer answer =
        ingestion.receive(
            new HttpHead("POST", Map.of(header, TOKEN), Map.of()),
            BODY.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  @DisplayName("the queue of a cloud is full while others send to it")
  void whileTheQueueIsFullARequestIsAnsweredBeforeItIsRead() {
    cloud.invoker.fill();
    for (String body : List.of(BODY, "{\"events\": [" + BODY + ", " + BODY + "]}", "not JSON")) {
      HttpAnswer answer = post(TOKEN, body);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.retryAfter()).isPresent();
    }
    assertThat(post("wrong", BODY).status()).isEqualTo(403);
    assertThat(cloud.log.counts()).isEqualTo(Collections.nCopies(3, FunctionPipeline.QUEUE_FULL));
    assertThat(cloud.log.notes())
        .filteredOn(note -> note.level() == Level.WARN)
        .extracting(Note::message)
        .as("what is the same the log counts")
        .containsOnly("The queue is full.");
    assertThat(cloud.log.lines()).as("of the wrong token").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '´',
      value = {
        "                                                                 | no body",
        "{\"payload\":                                                    | invalid JSON",
        "[]                                                               | a list",
        "\"text\"                                                         | a text",
        "{}                                                               | no payload",
        "{\"payload\": null}                                              | payload",
        "{\"payload\": [1]}                                               | payload",
        "{\"payload\": {\"temperature\": 1}}                              | device_id",
        "{\"payload\": {\"device_id\": \"press-9\"}}                      | press-9",
        "{\"payload\": {\"device_id\": \"press-1\", \"ts\": \"soon\"}}    | cannot be read",
      })
  void whatIsNoMeasurementIsABadRequest(String body, String why) {
    HttpAnswer answer = post(TOKEN, body == null ? "" : body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.parseObject(answer.body()).text("error").orElseThrow()).contains(why);
    assertThat(cloud.invoker.later()).isEmpty();
  }

  @Test
  @DisplayName("a gateway compresses its requests")
  void aBodyWithAContentEncodingIsABadRequestThatNamesIt() {
    HostedFunction ingestion =
        cloud.function(FunctionKind.INGESTION, new Twin(), Map.of("INTER_CLOUD_TOKEN", TOKEN));
    HttpHead head =
        new HttpHead(
            "POST", Map.of("X-Inter-Cloud-Token", TOKEN, "Content-Encoding", "gzip"), Map.of());
    HttpAnswer answer = ingestion.receive(head, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertThat(answer.status()).isEqualTo(400);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("Content-Encoding");
  }

  @Test
  @DisplayName("a receiver has no token, or needs none")
  void aReceiverWithoutATokenIsAnErrorAtItsStartUnlessItsOwnCloudCallsItToo() {
    for (FunctionKind kind : List.of(FunctionKind.TWIN_UPDATER, FunctionKind.HOT_READER)) {
      cloud.function(kind, new Twin(), Map.of());
      assertThat(cloud.log.messages(Level.ERROR)).as(kind.id()).isEmpty();
    }
    for (FunctionKind kind : List.of(FunctionKind.INGESTION, FunctionKind.HOT_WRITER)) {
      int before = cloud.log.messages(Level.ERROR).size();
      cloud.function(kind, new Twin(), Map.of());
      assertThat(cloud.log.messages(Level.ERROR)).as(kind.id()).hasSize(before + 1);
    }
  }

  @Test
  @DisplayName("a program posts requests that are refused")
  void whyARequestIsRefusedIsInTheLogToo() {
    assertThat(post(TOKEN, "{\"payload\": ").status()).isEqualTo(400);
    assertThat(post(TOKEN, "{\"payload\": {\"device_id\": \"nobody\"}}").status()).isEqualTo(400);
    assertThat(cloud.log.messages(Level.INFO))
        .anyMatch(m -> m.contains("before it is complete"))
        .anyMatch(m -> m.contains("\"nobody\""));
  }

  @Test
  void textThatIsNoUnicodeIsABadRequest() {
    String body = BODY.replace("21.50", "\"\\ud83d\"");
    assertThat(post(TOKEN, body).status()).isEqualTo(400);
  }

  @Test
  void anEventOver192KibIsTooLarge() {
    String most = "x".repeat(192 * 1024 - "{'state':''}".length());
    String event = "{\"payload\": {\"device_id\": \"press-1\", \"state\": \"%s\"}}";
    assertThat(post(TOKEN, event.formatted(most)).status()).isEqualTo(200);
    assertThat(post(TOKEN, event.formatted(most + "x")).status()).isEqualTo(413);
  }

  @Test
  @DisplayName("an event is just below the limit of its size")
  void anEventThatTheFirstDoorTookIsTakenByEveryLaterOne() {
    String most = "y".repeat(192 * 1024 - "{'s':''}".length());
    String event =
        "{\"payload\": {\"device_id\": \"press-1\", \"timestamp\": \"2026-03-01T12:00Z\","
            + " \"s\": \"%s\"}}";
    assertThat(post(TOKEN, event.formatted(most)).status()).isEqualTo(200);
    HostedFunction writer =
        cloud.function(FunctionKind.HOT_WRITER, new Twin(), Map.of("INTER_CLOUD_TOKEN", TOKEN));
    HttpHead head = new HttpHead("POST", Map.of("X-Inter-Cloud-Token", TOKEN), Map.of());
    byte[] passedOn = Json.bytes(cloud.invoker.onlyLater().event());
    assertThat(writer.receive(head, passedOn).status()).isEqualTo(200);
    byte[] stored = Json.bytes(cloud.hotStore.all().getFirst().body());
    assertThat(writer.receive(head, stored).status()).isEqualTo(200);
    assertThat(post(TOKEN, event.formatted(most + "y")).status()).isEqualTo(413);
  }

  @Test
  void itsSourceCloudIsReadAndLogged() {
    post(TOKEN, BODY);
    assertThat(cloud.log.onlyLine())
        .isEqualTo(
            new Line(
                "plant-ingestion", "aws", "3f0e6c1e-0000-4000-8000-000000000001", "press-1", "ok"));
  }

  @Test
  void aQueueThatIsFullIsUnavailableForAWhile() {
    cloud.invoker.breakDown();
    HttpAnswer answer = post(TOKEN, BODY);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).isPresent();
    assertThat(Json.parseObject(answer.body()).has("error")).isTrue();
    assertThat(cloud.log.onlyLine().outcome()).isEqualTo("TL-INVOKE-UNAVAILABLE");
  }

  @Test
  void theMessageIsNormalisedAndWhatIsMissingFilledIn() {
    post(TOKEN, "{\"payload\": {\"iotDeviceId\": \"press-1\", \"time\": 0, \"temperature\": 1}}");
    JsonObject event = cloud.invoker.onlyLater().event();
    JsonObject payload = event.object("payload").orElseThrow();
    assertThat(payload)
        .isEqualTo(
            object(
                "{\"device_id\": \"press-1\", \"timestamp\": \"1970-01-01T00:00:00.000000Z\","
                    + " \"temperature\": 1}"));
    assertThat(event.text("event_id")).contains(EventId.of(payload));
    assertThat(event.text("trace_id").orElseThrow()).hasSize(36);
    assertThat(event.text("message_type")).contains("telemetry");
  }

  @Test
  void aMessageWithoutTimeGetsThatOfItsSending() {
    post(
        TOKEN,
        "{\"timestamp\": \"2026-01-01T00:00:01Z\", \"payload\": {\"device_id\": \"press-1\"}}");
    assertThat(cloud.invoker.onlyLater().event().object("payload").orElseThrow().text("timestamp"))
        .contains("2026-01-01T00:00:01.000000Z");
  }

  @Test
  void unknownPropertiesPassAndAreWarnedOf() {
    post(TOKEN, "{\"payload\": {\"device_id\": \"press-1\", \"colour\": \"red\"}}");
    assertThat(cloud.invoker.onlyLater().event().object("payload").orElseThrow().text("colour"))
        .contains("red");
    assertThat(cloud.log.messages(Level.WARN)).hasSize(1);
  }

  private HttpAnswer post(String token, String body) {
    return ingestion.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }
}
