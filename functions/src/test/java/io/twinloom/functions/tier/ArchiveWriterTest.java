package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveWriterTest {
  private static final String KEY =
      "press-1/2026-01-01T00:00:00.000000Z-2026-01-02T00:00:00.000000Z/chunk-00001.json";
  private static final String TEXT = "[{\"n\":1.50}, {\"t\": \"é\"}]";

  private final FakeCloud cloud = new FakeCloud(KnownClouds.GOOGLE);
  private final HostedFunction writer =
      cloud.function(
          FunctionKind.ARCHIVE_WRITER, new Twin(), Map.of("INTER_CLOUD_TOKEN", Twin.TOKEN));

  private HttpAnswer post(String token, byte[] body) {
    return writer.receive(
        new HttpHead("POST", Map.of("x-inter-cloud-token", token), Map.of()), body);
  }

  private HttpAnswer post(JsonObject body) {
    return post(Twin.TOKEN, Json.bytes(body));
  }

  private static JsonObject.Builder body(String data) {
    return JsonObject.builder().put("object_key", KEY).put("data", data);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String sha256(String text) {
    return MemoryObjectStore.sha256(utf8(text));
  }

  private static JsonObject json(HttpAnswer answer) {
    return Json.parseObject(answer.body());
  }

  private void assertArchived(HttpAnswer answer, String text) {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer))
        .isEqualTo(
            JsonObject.builder()
                .put("archived", true)
                .put("key", KEY)
                .put("sha256", sha256(text))
                .put("bytes", utf8(text).length)
                .build());
    assertThat(cloud.archiveStore.text(KEY)).isEqualTo(text);
    assertThat(cloud.archiveStore.partCount()).isZero();
  }

  @Test
  void textIsArchivedAsItIs() {
    assertArchived(post(body(TEXT).put("sha256", sha256(TEXT)).build()), TEXT);
  }

  @Test
  @DisplayName("text for the archive has half a surrogate pair")
  void textWithHalfASurrogateIsRefusedAndNeverAltered() {
    HttpAnswer answer =
        post(Twin.TOKEN, utf8("{\"object_key\":\"" + KEY + "\",\"data\":\"a\\ud800b\"}"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(json(answer).text("error").orElseThrow()).contains("half of a surrogate pair");
    assertThat(cloud.archiveStore.keys()).isEmpty();
  }

  @Test
  void aListIsArchivedAsItStandsInTheBody() {
    byte[] body = utf8("{\"object_key\":\"" + KEY + "\", \"data\" : " + TEXT + " }");
    assertArchived(post(Twin.TOKEN, body), TEXT);
  }

  @Test
  void anyBytesAndGzippedBytesAreArchivedUnpacked() {
    assertArchived(post(body(base64(utf8(TEXT))).put("encoding", "base64").build()), TEXT);
    assertArchived(post(body(base64(Gzip.pack(utf8(TEXT)))).put("encoding", "gzip").build()), TEXT);
  }

  @Test
  void whatIsCalledGzippedIsArchivedSo() {
    String key = KEY + ".gz";
    for (JsonObject body :
        List.of(
            body(TEXT).put("object_key", key).build(),
            body(base64(Gzip.pack(utf8(TEXT))))
                .put("object_key", key)
                .put("encoding", "gzip")
                .build(),
            body(base64(Gzip.pack(utf8(TEXT))))
                .put("object_key", key)
                .put("encoding", "base64")
                .put("sha256", MemoryObjectStore.sha256(Gzip.pack(utf8(TEXT))))
                .build())) {
      HttpAnswer answer = post(body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(json(answer).text("sha256")).contains(sha256(TEXT));
      assertThat(cloud.archiveStore.text(key)).isEqualTo(TEXT);
    }
  }

  @Test
  void theSameObjectAgainIsTheSameAndOtherContentIsAConflict() {
    post(body(TEXT).build());
    assertArchived(post(body(TEXT).build()), TEXT);
    assertThat(post(body("[2]").build()).status()).isEqualTo(409);
    assertThat(cloud.archiveStore.text(KEY)).isEqualTo(TEXT);
  }

  @Test
  void aWrongDigestIsRefused() {
    assertThat(post(body(TEXT).put("sha256", sha256("other")).build()).status()).isEqualTo(400);
    assertThat(cloud.archiveStore.keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a/../../b", "a//b", "a\\b", "", " "})
  void aKeyThatLeavesItsPrefixIsRefused(String key) {
    assertThat(post(body(TEXT).put("object_key", key).build()).status()).isEqualTo(400);
    assertThat(post(part(1, 2, "x").put("object_key", key).build()).status()).isEqualTo(400);
    assertThat(cloud.archiveStore.partCount()).isZero();
  }

  @Test
  void aBodyWithoutKeyOrDataIsRefused() {
    assertThat(post(body(TEXT).remove("object_key").build()).status()).isEqualTo(400);
    assertThat(post(body(TEXT).remove("data").build()).status()).isEqualTo(400);
    for (JsonValue data :
        List.<JsonValue>of(JsonObject.EMPTY, new JsonString("%"), JsonArray.EMPTY)) {
      JsonObject body = body("").put("data", data).put("encoding", "gzip").build();
      assertThat(post(body).status()).as("%s", data).isEqualTo(400);
    }
    assertThat(post(body(TEXT).put("encoding", "rot13").build()).status()).isEqualTo(400);
  }

  private static JsonObject.Builder part(int number, int total, String data) {
    return body(data)
        .put("is_multipart", true)
        .put("part_number", number)
        .put("total_parts", total);
  }

  @Test
  void partsInAnyOrderAreJoinedByTheLastToArrive() {
    assertThat(json(post(part(3, 3, "3]").build())))
        .isEqualTo(JsonObject.builder().put("archived", false).put("received", 1).build());
    assertThat(json(post(part(1, 3, "[1,").build())).get("received")).hasToString("2");
    assertThat(cloud.archiveStore.keys()).isEmpty();
    assertArchived(post(part(2, 3, "2,").build()), "[1,2,3]");
  }

  @Test
  void aRepeatedPartCountsOnce() {
    post(part(1, 2, "[1,").build());
    assertThat(json(post(part(1, 2, "[1,").build())).get("received")).hasToString("1");
    assertArchived(post(part(2, 2, "2]").build()), "[1,2]");
  }

  @Test
  void aPartThatComesAgainAfterAllWereJoinedIsAnsweredAsThen() {
    String whole = sha256("[1,2]");
    post(part(1, 2, "[1,").put("sha256", whole).build());
    assertArchived(post(part(2, 2, "2]").put("sha256", whole).build()), "[1,2]");
    assertArchived(post(part(2, 2, "2]").put("sha256", whole).build()), "[1,2]");
  }

  @Test
  void partsAreCheckedAgainstTheDigestOfTheWholeOrOfThemselves() {
    post(part(1, 2, "[1,").put("sha256", sha256("[1,")).build());
    assertThat(post(part(2, 2, "2]").put("sha256", sha256("[7]")).build()).status()).isEqualTo(400);
    assertThat(cloud.archiveStore.keys()).isEmpty();
    assertThat(cloud.archiveStore.partCount()).as("which one is wrong is not known").isZero();
    post(part(1, 2, "[1,").put("sha256", sha256("[1,")).build());
    assertArchived(post(part(2, 2, "2]").put("sha256", sha256("2]")).build()), "[1,2]");
  }

  @Test
  void joinedPartsNeverDisplaceOtherContent() {
    post(body(TEXT).build());
    post(part(1, 2, "[1,").build());
    assertThat(post(part(2, 2, "2]").build()).status()).isEqualTo(409);
    assertThat(cloud.archiveStore.text(KEY)).isEqualTo(TEXT);
    assertThat(cloud.archiveStore.partCount()).isZero();
  }

  @Test
  void partsOfAGzippedObjectAreSlicesOfIt() {
    byte[] packed = Gzip.pack(utf8(TEXT));
    String key = KEY + ".gz";
    for (int number = 1; number <= 2; number++) {
      byte[] slice =
          number == 1
              ? Arrays.copyOfRange(packed, 0, 10)
              : Arrays.copyOfRange(packed, 10, packed.length);
      HttpAnswer answer =
          post(
              part(number, 2, base64(slice))
                  .put("encoding", "base64")
                  .put("object_key", key)
                  .put("sha256", sha256(TEXT))
                  .build());
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(cloud.archiveStore.text(key)).isEqualTo(TEXT);
    post(part(1, 2, "[1,").put("object_key", "x.json.gz").build());
    assertThat(post(part(2, 2, "2]").put("object_key", "x.json.gz").build()).status())
        .isEqualTo(400);
    assertThat(cloud.archiveStore.partCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"total_parts\": 2}",
        "{\"part_number\": 1}",
        "{\"part_number\": 0, \"total_parts\": 2}",
        "{\"part_number\": 3, \"total_parts\": 2}",
        "{\"part_number\": 1, \"total_parts\": 10001}",
        "{\"part_number\": \"one\", \"total_parts\": 2}",
        "{\"part_number\": 1, \"total_parts\": 2, \"is_multipart\": \"yes\"}",
      })
  void aPartThatCannotBeOneIsRefused(String numbers) {
    JsonObject.Builder body = body("x").put("is_multipart", true);
    Json.parseObject(utf8(numbers)).members().forEach(body::put);
    assertThat(post(body.build()).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", " "})
  void withoutItsTokenNothingIsArchived(String token) {
    assertThat(post(token, Json.bytes(body(TEXT).build())).status()).isEqualTo(403);
    assertThat(cloud.archiveStore.keys()).isEmpty();
  }

  @Test
  void aStoreThatFailsIsAnErrorThatIsTriedAgain() {
    cloud.archiveStore.breakDown();
    assertThat(post(body(TEXT).build()).status()).isEqualTo(500);
    assertThat(post(part(1, 2, "x").build()).status()).isEqualTo(500);
  }

  @Test
  void withoutAStoreItDoesNotStart() {
    cloud.remove(cloud.archiveStore);
    assertThatThrownBy(() -> cloud.function(FunctionKind.ARCHIVE_WRITER, new Twin(), Map.of()))
        .isInstanceOf(ConfigurationError.class);
  }
}
