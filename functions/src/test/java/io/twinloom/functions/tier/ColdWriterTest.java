package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.catalog.FunctionCatalog;
import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColdWriterTest {
  private static final String FIRST = "2026-01-01T00:00:00.000000Z";
  private static final String LAST = "2026-01-02T00:00:00.000000Z";
  private static final String KEY = "press-1/" + FIRST + "-" + LAST + "/chunk-00001.json";
  private static final String ITEMS = items("\"n\":1.50", "\"n\": 1e400");

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
  private HostedFunction writer = writer(new Twin());

  private HostedFunction writer(Twin twin) {
    return cloud.function(FunctionKind.COLD_WRITER, twin, Map.of("INTER_CLOUD_TOKEN", Twin.TOKEN));
  }

  /** Items of the device within the range, each with these members. */
  private static String items(String... members) {
    StringJoiner items = new StringJoiner(", ", "[", "]");
    for (String more : members) {
      items.add("{\"device_id\":\"press-1\",\"timestamp\":\"" + FIRST + "\"," + more + "}");
    }
    return items.toString();
  }

  private HttpAnswer post(String token, String body) {
    return writer.receive(
        new HttpHead(
            "POST",
            Map.of(
                "x-inter-cloud-token", token, "x-trace-id", "3f0e6c1e-0000-4000-8000-000000000007"),
            Map.of()),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpAnswer post(String body) {
    return post(Twin.TOKEN, body);
  }

  private static String byKey(String key, String data) {
    return JsonObject.builder().put("object_key", key).put("data", data).build().toString();
  }

  @Test
  @DisplayName("While a cold store is copied here, an object's key is kept and answered with")
  void anObjectByItsKey() {
    assertThat(post(byKey(KEY, ITEMS)).status()).as("in a settled twin").isEqualTo(400);
    writer = writer(new Twin().previous("layer_3_cold_provider", "aws"));
    HttpAnswer answer = post(byKey(KEY + ".gz", ITEMS));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Json.parseObject(answer.body()).get("archived")).isEqualTo(JsonBoolean.TRUE);
    assertThat(cloud.coldStore.keys()).containsExactly(KEY + ".gz");
    assertThat(post(byKey(KEY + ".gz", ITEMS)).status()).as("again").isEqualTo(200);
    assertThat(post(byKey(KEY + ".gz", "[]")).status()).as("other content").isEqualTo(409);
    assertThat(post(byKey("../" + KEY, ITEMS)).status()).isEqualTo(400);
  }

  private static String body(String more) {
    return "{\"iot_device_id\":\"press-1\",\"chunk_index\":1,\"start_timestamp\":\""
        + FIRST
        + "\",\"end_timestamp\":\""
        + LAST
        + "\",\"source_cloud\":\"aws\""
        + more
        + "}";
  }

  private static String withItems(String items) {
    return body(",\"items\":" + items);
  }

  private static String sha256(String text) {
    return MemoryObjectStore.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String gzip(String text) {
    return Base64.getEncoder().encodeToString(Gzip.pack(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonObject json(HttpAnswer answer) {
    return Json.parseObject(answer.body());
  }

  @Test
  void aChunkIsWrittenUnderItsKeyJustAsItWasSent() {
    HttpAnswer answer = post(withItems(ITEMS));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(json(answer))
        .isEqualTo(
            JsonObject.builder()
                .put("written", 2)
                .put("key", KEY)
                .put("sha256", sha256(ITEMS))
                .put("bytes", ITEMS.length())
                .build());
    assertThat(cloud.coldStore.keys()).containsExactly(KEY);
    assertThat(cloud.coldStore.text(KEY)).isEqualTo(ITEMS);
    assertThat(cloud.log.onlyLine().traceId()).isEqualTo("3f0e6c1e-0000-4000-8000-000000000007");
    assertThat(cloud.log.onlyLine().sourceCloud()).isEqualTo("aws");
    assertThat(cloud.log.onlyLine().device()).isEqualTo("press-1");
  }

  @Test
  void aGzippedChunkIsWrittenUnpacked() {
    HttpAnswer answer =
        post(body(",\"items_gzip\":\"" + gzip(ITEMS) + "\",\"sha256\":\"" + sha256(ITEMS) + "\""));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(cloud.coldStore.text(KEY)).isEqualTo(ITEMS);
  }

  @Test
  void aTwinThatCompressesItsChunksKeepsThemGzipped() {
    writer = writer(new Twin().config("compress_chunks", JsonBoolean.TRUE));
    post(withItems(ITEMS));
    HttpAnswer again = post(body(",\"items_gzip\":\"" + gzip(ITEMS) + "\""));
    assertThat(json(again).text("key")).contains(KEY + ".gz");
    assertThat(json(again).text("sha256")).contains(sha256(ITEMS));
    assertThat(cloud.coldStore.keys()).containsExactly(KEY + ".gz");
    assertThat(cloud.coldStore.text(KEY + ".gz")).isEqualTo(ITEMS);
  }

  @Test
  void theSameChunkAgainIsTheSameAndOtherContentIsAConflict() {
    post(withItems(ITEMS));
    assertThat(post(withItems(ITEMS)).status()).isEqualTo(200);
    assertThat(post(withItems(items("\"n\":2"))).status()).isEqualTo(409);
    assertThat(cloud.coldStore.text(KEY)).isEqualTo(ITEMS);
  }

  @Test
  void theDigestMustBeThatOfTheItemsAsTheyStandInTheBody() {
    assertThat(post(body(",\"items\":" + ITEMS + ",\"sha256\":\"" + sha256(ITEMS) + "\"")).status())
        .isEqualTo(200);
    String other = sha256(items("\"n\":1.5", "\"n\": 1e400"));
    assertThat(post(body(",\"items\":" + ITEMS + ",\"sha256\":\"" + other + "\"")).status())
        .isEqualTo(400);
    assertThat(post(body(",\"items\":" + ITEMS + ",\"sha256\":\"abc\"")).status()).isEqualTo(400);
    assertThat(
            post(body(",\"items_gzip\":\"" + gzip(ITEMS) + "\",\"sha256\":\"" + other + "\""))
                .status())
        .isEqualTo(400);
  }

  @Test
  void anAnswerSaysWhatTheStoreReallyHolds() {
    post(withItems(ITEMS));
    cloud.coldStore.damage(KEY, "[]".getBytes(StandardCharsets.UTF_8));
    assertThat(post(withItems(ITEMS)).status()).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"iot_device_id\":\"\",\"chunk_index\":1}",
        "{\"chunk_index\":1,\"start_timestamp\":\"2026-01-01\",\"end_timestamp\":\"2026-01-01\","
            + "\"items\":[1]}",
        "{\"iot_device_id\":\"d\",\"start_timestamp\":\"2026-01-01\",\"end_timestamp\":"
            + "\"2026-01-01\",\"items\":[1]}",
        "{\"iot_device_id\":\"d\",\"chunk_index\":-1,\"start_timestamp\":\"2026-01-01\","
            + "\"end_timestamp\":\"2026-01-01\",\"items\":[1]}",
        "{\"iot_device_id\":\"d\",\"chunk_index\":1.5,\"start_timestamp\":\"2026-01-01\","
            + "\"end_timestamp\":\"2026-01-01\",\"items\":[1]}",
        "{\"iot_device_id\":\"d\",\"chunk_index\":1,\"start_timestamp\":\"../x\","
            + "\"end_timestamp\":\"2026-01-01\",\"items\":[1]}",
        "{\"iot_device_id\":\"d\",\"chunk_index\":1,\"start_timestamp\":\"2026-01-02\","
            + "\"end_timestamp\":\"2026-01-01\",\"items\":[1]}",
        "{\"iot_device_id\":\"..\",\"chunk_index\":1,\"start_timestamp\":\"2026-01-01\","
            + "\"end_timestamp\":\"2026-01-01\",\"items\":[1]}",
      })
  void aBodyWithoutWhatAKeyIsMadeOfIsRefused(String body) {
    assertThat(post(body).status()).isEqualTo(400);
    assertThat(cloud.coldStore.keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"items\":[]",
        ",\"items\":{}",
        ",\"items\":null",
        ",\"items_gzip\":\"\"",
        ",\"items_gzip\":\"no base64!\"",
        ",\"items_gzip\":\"AAAA\"",
      })
  void aBodyWithoutItemsIsRefused(String more) {
    assertThat(post(body(more)).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1]",
        "[\"text\"]",
        "[null]",
        "[{\"a\":1}]",
        "[{\"timestamp\":\"2026-01-01T00:00:00.000000Z\"}]",
        "[{\"device_id\":\"press-1\"}]",
        "[{\"device_id\":\"press-1\",\"timestamp\":\"soon\"}]",
        "[{\"device_id\":\"press-1\",\"timestamp\":1767225600}]",
        "[{\"device_id\":\"oven-2\",\"timestamp\":\"2026-01-01T00:00:00.000000Z\"}]",
        "[{\"device_id\":\"press-1\",\"timestamp\":\"2025-12-31T23:59:59.999999Z\"}]",
        "[{\"device_id\":\"press-1\",\"timestamp\":\"2026-01-02T00:00:00.000001Z\"}]",
        "[{\"device_id\":\"press-1\",\"timestamp\":\"2026-01-01T12:00:00.000000Z\"},"
            + "{\"device_id\":\"press-1\",\"timestamp\":\"2026-01-01T11:00:00.000000Z\"}]",
      })
  @DisplayName("a chunk holds items without a time, or of another device")
  void itemsThatAreNotTheDevicesWithinTheRangeInTheOrderOfTheirTimesAreRefused(String items) {
    assertThat(post(withItems(items)).status()).isEqualTo(400);
    assertThat(post(body(",\"items_gzip\":\"" + gzip(items) + "\"")).status()).isEqualTo(400);
    assertThat(cloud.coldStore.keys()).isEmpty();
  }

  @Test
  void aRefusalNamesTheItemAndWhatIsWrongWithIt() {
    String second = items("\"n\":1", "\"n\":2").replaceFirst("(.*)press-1", "$1oven-2");
    assertThat(new String(post(withItems(second)).body(), StandardCharsets.UTF_8))
        .contains("Item 1 of the chunk is of \\\"oven-2\\\"");
  }

  @Test
  void bothFormsOfItemsInOneBodyAreRefused() {
    String both = ",\"items\":" + ITEMS + ",\"items_gzip\":\"" + gzip(ITEMS) + "\"";
    assertThat(post(body(both)).status()).isEqualTo(400);
  }

  @Test
  void packedItemsThatAreNoListAreRefused() {
    for (String text : new String[] {"{}", "[]", "[1", "[1] 2", "", "[1,]"}) {
      assertThat(post(body(",\"items_gzip\":\"" + gzip(text) + "\"")).status())
          .as(text)
          .isEqualTo(400);
    }
  }

  @Test
  void whatIsTooLargeUnpackedIsRefused() {
    String large = "[\"" + " ".repeat(8_388_608) + "\"]";
    assertThat(post(body(",\"items_gzip\":\"" + gzip(large) + "\"")).status()).isEqualTo(413);
  }

  @Test
  void timesInOtherFormsMakeTheSameKey() {
    HttpAnswer answer =
        post(
            "{\"iot_device_id\":\"press-1\",\"chunk_index\":\"1\",\"start_timestamp\":"
                + "\"2026-01-01T01:00:00+01:00\",\"end_timestamp\":\"2026-01-02T00:00:00Z\","
                + "\"items\":"
                + ITEMS
                + "}");
    assertThat(json(answer).text("key")).contains(KEY);
  }

  @Test
  void aDeviceOfAnyLettersHasAKey() {
    String body = withItems(ITEMS).replace("\"press-1\"", "\"传感器/1\"");
    assertThat(json(post(body)).text("key").orElseThrow()).startsWith("传感器%2F1/" + FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "", " "})
  void withoutItsTokenNothingIsWritten(String token) {
    assertThat(post(token, withItems(ITEMS)).status()).isEqualTo(403);
    assertThat(cloud.coldStore.keys()).isEmpty();
  }

  @Test
  void withoutTheHeaderNothingIsWritten() {
    assertThat(
            writer
                .receive(
                    new HttpHead("POST", Map.of(), Map.of()),
                    withItems(ITEMS).getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(403);
  }

  @Test
  void aStoreThatFailsIsAnErrorThatIsTriedAgain() {
    cloud.coldStore.breakDown();
    assertThat(post(withItems(ITEMS)).status()).isEqualTo(500);
  }

  @Test
  void withoutAStoreItDoesNotStart() {
    cloud.remove(cloud.coldStore);
    assertThatThrownBy(() -> writer(new Twin())).isInstanceOf(ConfigurationError.class);
    assertThatThrownBy(
            () ->
                FunctionCatalog.create(
                    FunctionKind.COLD_WRITER,
                    "plant-cold-writer",
                    Map.of(),
                    new TwinInfoSource(),
                    cloud))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("DIGITAL_TWIN_INFO");
  }
}
