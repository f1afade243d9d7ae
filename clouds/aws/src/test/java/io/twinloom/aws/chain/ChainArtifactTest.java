package io.twinloom.aws.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twinloom.aws.TestSettings;
import io.twinloom.aws.chain.LambdaTwin.Answer;
import io.twinloom.aws.store.S3DeadLetters;
import io.twinloom.functions.port.DeadLetter;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.testkit.aws.StandIns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * The artifact as Lambda runs it, from a device's message to the archive: each function a process
 * of its own.
 */
@Tag("full")
@ExtendWith(StandIns.class)
class ChainArtifactTest {

  @TempDir static Path folder;
  private static LambdaTwin twin;

  @BeforeAll
  static void deploy() {
    twin = new LambdaTwin(folder);
    twin.deploy(FunctionKind.DISPATCHER);
    twin.deploy(FunctionKind.PROCESSOR);
    twin.deployUserCode("plant-press-1-processor", Doubling.class);
    twin.deploy(FunctionKind.PERSISTER);
    twin.deploy(FunctionKind.HOT_WRITER);
    twin.deploy(FunctionKind.HOT_READER);
    twin.deploy(FunctionKind.HOT_READER_LAST_ENTRY);
    twin.deploy(FunctionKind.HOT_TO_COLD_MOVER);
    twin.deploy(FunctionKind.COLD_TO_ARCHIVE_MOVER);
  }

  @AfterAll
  static void close() {
    if (twin != null) {
      twin.close();
    }
  }

  @Test
  void aDevicesMessageGoesThroughTheUsersCodeToTheReaders() {
    String payload = "{\"temperature\": 21.50, \"time\": \"2026-03-01T12:00:00Z\", \"é\": 1e400}";
    twin.invoker.invokeLater("plant-dispatcher", message("press-1", payload));
    await().until(() -> count("press-1", "2026-03-01", "2026-03-02") == 1);
    JsonObject item = items("press-1", "2026-03-01", "2026-03-02").getFirst();
    assertThat(Json.text(item))
        .contains("\"temperature\":21.50", "\"é\":1e400", "\"doubled\":43.0");
    assertThat(item.text("timestamp")).contains("2026-03-01T12:00:00.000000Z");

    JsonObject newest =
        twin.invoker.call(
            "plant-hot-reader-last-entry",
            json(
                """
                {"workspaceId": "w", "entityId": "press-1", "componentName": "press-1",
                 "selectedProperties": ["temperature"],
                 "properties": {"temperature": {"definition": {"dataType": {"type": "DOUBLE"}}}}}
                """));
    assertThat(Json.text(newest)).contains("\"doubleValue\":21.50");
    String trace = trace(twin.log(FunctionKind.PERSISTER));
    assertThat(twin.log(FunctionKind.DISPATCHER)).contains(trace, "\"outcome\":\"ok\"");
    assertThat(twin.log(FunctionKind.PROCESSOR)).contains(trace);
  }

  @Test
  void aMessageWithoutTimeIsThatOfItsAcceptanceAlsoWhenItIsDeliveredAgain() {
    JsonObject message = message("press-1", "{\"temperature\": 1}");
    twin.invoker.invokeLater("plant-dispatcher", message);
    twin.invoker.invokeLater("plant-dispatcher", message);
    await()
        .untilAsserted(
            () ->
                assertThat(twin.log(FunctionKind.PERSISTER).split("\"outcome\":\"ok\""))
                    .hasSizeGreaterThanOrEqualTo(3));
    assertThat(items("press-1", "2026-02-01", "2026-02-02"))
        .singleElement()
        .satisfies(
            item -> assertThat(item.text("timestamp")).contains("2026-02-01T12:00:00.500000Z"));
  }

  @Test
  void aMessageThatIsNoJsonIsADeadLetter() {
    twin.invoker.invokeLater("plant-dispatcher", message("oven-2", "{"));
    await().until(() -> !letters("plant-dispatcher").isEmpty());
    assertThat(letters("plant-dispatcher"))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.function()).isEqualTo("plant-dispatcher");
              assertThat(letter.error()).contains("invalid JSON");
            });
  }

  @Test
  void userCodeThatFailsEachTimeGoesToTheOnFailureDestination() {
    twin.invoker.invokeLater("plant-dispatcher", message("press-1", "{\"temperature\": -1}"));
    await().until(() -> !twin.failures.isEmpty());
    assertThat(twin.failures)
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.function()).isEqualTo("plant-processor");
              assertThat(failure.attempts()).isEqualTo(3);
              assertThat(new String(failure.error(), StandardCharsets.UTF_8))
                  .contains("[USER_LOGIC_ERROR] device \\\"press-1\\\", trace ", "It freezes")
                  .doesNotContain("\\tat ");
            });
  }

  @Test
  void theHotWritersUrlTakesWhatHasItsTokenAndNothingElse() {
    String item = "{\"device_id\": \"oven-2\", \"timestamp\": \"%s\", \"heat\": 1.10}";
    Answer written =
        post("plant-hot-writer", TestSettings.TOKEN, item.formatted("2025-12-01T00:00:00Z"));
    assertThat(written.status()).isEqualTo(200);
    assertThat(written.body().text("id")).contains("oven-2_2025-12-01T00:00:00.000000Z");
    String other = item.formatted("2025-12-02T00:00:00Z");
    assertThat(post("plant-hot-writer", TestSettings.TOKEN + "x", other).status()).isEqualTo(403);
    assertThat(post("plant-hot-writer", "", other).status()).isEqualTo(403);
    assertThat(post("plant-hot-writer", TestSettings.TOKEN, "{").status()).isEqualTo(400);
    assertThat(items("oven-2", "2025-12-01", "2025-12-03")).hasSize(1);
    assertThat(twin.log(FunctionKind.HOT_WRITER)).doesNotContain(TestSettings.TOKEN);
  }

  @Test
  void oldItemsMoveToTheColdTierAndFromThereToTheArchive() {
    for (int hour = 10; hour < 15; hour++) {
      Answer written =
          post(
              "plant-hot-writer",
              TestSettings.TOKEN,
              "{\"device_id\": \"oven-2\", \"timestamp\": \"2020-01-01T%d:00:00Z\", \"heat\": 1.10}"
                  .formatted(hour));
      assertThat(written.status()).isEqualTo(200);
    }
    JsonObject toCold =
        twin.invoker.call("plant-hot-to-cold-mover", json("{\"now\": \"2020-01-20T00:00:00Z\"}"));
    assertThat(Json.text(toCold)).contains("\"items\":5", "\"chunks\":1");
    assertThat(items("oven-2", "2020-01-01", "2020-01-02")).isEmpty();
    String key = "oven-2/2020-01-01T10:00:00.000000Z-2020-01-01T14:00:00.000000Z/chunk-00001.json";
    assertThat(objects(twin.cold)).extracting(S3Object::key).containsExactly(key);
    assertThat(text(twin.cold, key)).startsWith("[{").contains("\"heat\":1.10").endsWith("}]");

    JsonObject again = twin.invoker.call("plant-hot-to-cold-mover", json("{\"continue\": true}"));
    assertThat(Json.text(again)).contains("\"items\":0");
    JsonObject toArchive =
        twin.invoker.call(
            "plant-cold-to-archive-mover", json("{\"now\": \"2020-03-20T00:00:00Z\"}"));
    assertThat(Json.text(toArchive)).contains("\"items\":5", "\"chunks\":1");
    assertThat(objects(twin.cold)).isEmpty();
    assertThat(objects(twin.archive))
        .singleElement()
        .satisfies(
            object -> {
              assertThat(object.key()).isEqualTo(key);
              assertThat(object.storageClassAsString())
                  .isEqualTo(StorageClass.DEEP_ARCHIVE.toString());
            });
  }

  /** A message as the twin's rule in IoT Core hands it over. */
  private static JsonObject message(String device, String payload) {
    return JsonObject.builder()
        .put("channel_device", device)
        .put("client_id", device)
        .put("accepted_ms", 1769947200500L)
        .put("message_id", "0f1e-" + payload.hashCode())
        .put(
            "payload_base64",
            Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  private static Answer post(String function, String token, String body) {
    JsonObject headers =
        JsonObject.builder()
            .put("x-inter-cloud-token", token)
            .put("content-type", "application/json")
            .build();
    return twin.url(function, request("POST").put("headers", headers).put("body", body).build());
  }

  private static JsonObject.Builder request(String method) {
    return JsonObject.builder()
        .put("version", "2.0")
        .put("rawPath", "/")
        .put(
            "requestContext",
            JsonObject.builder()
                .put("http", JsonObject.builder().put("method", method).build())
                .build())
        .put("isBase64Encoded", false);
  }

  private static int count(String device, String from, String to) {
    return items(device, from, to).size();
  }

  private static List<JsonObject> items(String device, String from, String to) {
    Answer answer =
        twin.url(
            "plant-hot-reader",
            request("GET")
                .put(
                    "headers",
                    JsonObject.builder().put("x-inter-cloud-token", TestSettings.TOKEN).build())
                .put(
                    "queryStringParameters",
                    JsonObject.builder()
                        .put("device_id", device)
                        .put("start", from)
                        .put("end", to)
                        .build())
                .build());
    assertThat(answer.status()).isEqualTo(200);
    return answer.body().array("items").orElseThrow().values().stream()
        .map(JsonObject.class::cast)
        .toList();
  }

  private static List<DeadLetter> letters(String function) {
    return objects(twin.letters).stream()
        .map(S3Object::key)
        .filter(key -> key.startsWith("dead-letters/" + function + "/"))
        .map(key -> S3DeadLetters.read(json(text(twin.letters, key))))
        .toList();
  }

  private static List<S3Object> objects(String bucket) {
    return twin.clients.s3().get().listObjectsV2(list -> list.bucket(bucket)).contents();
  }

  private static String text(String bucket, String key) {
    return twin.clients
        .s3()
        .get()
        .getObjectAsBytes(get -> get.bucket(bucket).key(key))
        .asUtf8String();
  }

  private static String trace(String log) {
    int at = log.indexOf("\"trace_id\":\"") + 12;
    return log.substring(at, log.indexOf('"', at));
  }

  private static JsonObject json(String text) {
    return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
  }
}
