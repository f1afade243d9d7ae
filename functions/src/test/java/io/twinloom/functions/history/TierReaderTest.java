package io.twinloom.functions.history;

import static io.twinloom.functions.fake.Twin.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.history.Tiers.Item;
import io.twinloom.functions.http.HostedFunction;
import io.twinloom.functions.http.HttpAnswer;
import io.twinloom.functions.http.HttpHead;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.tier.ChunkKey;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The readers of the two colder tiers: ranges, pages, what is pending, and their door. */
class TierReaderTest {

  private final Tiers tiers = new Tiers();

  private HostedFunction reader(FunctionKind kind) {
    return tiers.cloud.function(kind, new Twin(), Map.of("INTER_CLOUD_TOKEN", TOKEN));
  }

  private HttpAnswer get(FunctionKind kind, String... parameters) {
    Map<String, String> query = new HashMap<>(Map.of("device_id", "press-1"));
    for (int i = 0; i < parameters.length; i += 2) {
      query.put(parameters[i], parameters[i + 1]);
    }
    return reader(kind)
        .receive(new HttpHead("GET", Map.of("x-inter-cloud-token", TOKEN), query), new byte[0]);
  }

  private JsonObject cold(String... parameters) {
    HttpAnswer answer = get(FunctionKind.COLD_READER, parameters);
    assertThat(answer.status())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return Json.parseObject(answer.body());
  }

  private static List<Integer> micros(JsonObject answer) {
    return Tiers.items(List.of(answer)).stream().map(Item::micros).toList();
  }

  private static Item item(int micros) {
    return new Item(micros, "e" + micros);
  }

  private void threeChunks() {
    tiers.chunk(tiers.cold, item(1), item(2), item(3));
    tiers.chunk(tiers.cold, item(4), item(5), item(6));
    tiers.chunk(tiers.cold, item(7), item(8), item(9));
  }

  @Test
  void aRangeIncludesBothItsEndsAndOpensOnlyTheChunksThatItTouches() {
    threeChunks();
    String untouched = tiers.cold.keys().getLast();
    tiers.cold.damage(untouched, "invalid JSON".getBytes(StandardCharsets.UTF_8));
    JsonObject answer = cold("start", Tiers.at(3), "end", Tiers.at(5));
    assertThat(micros(answer)).containsExactly(3, 4, 5);
    assertThat(answer.get("count")).hasToString("3");
    assertThat(answer.get("pending")).hasToString("[]");
    assertThat(answer.has("nextToken")).isFalse();
  }

  @Test
  void oneOfAThousandChunksIsOneThatIsOpened() {
    for (int chunk = 0; chunk < 1_000; chunk++) {
      tiers.chunk(tiers.cold, item(10 * chunk), item(10 * chunk + 5));
      if (chunk != 500) {
        tiers.cold.damage(tiers.cold.keys().getLast(), "closed".getBytes(StandardCharsets.UTF_8));
      }
    }
    assertThat(micros(cold("start", Tiers.at(5_001), "end", Tiers.at(5_005))))
        .containsExactly(5_005);
  }

  @ParameterizedTest
  @CsvSource({"asc, 1", "asc, 4", "desc, 1", "desc, 4"})
  void pagesOfChunksThatOverlapAreTheWholeRangeOnceAndInOrder(String order, String limit) {
    tiers.chunk(tiers.cold, item(1), item(5), item(9));
    tiers.chunk(tiers.cold, item(2), item(3), item(8));
    tiers.chunk(tiers.cold, item(4), item(5), new Item(5, "other"), item(7));
    List<Integer> all = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      JsonObject page = cold("order", order, "limit", limit, "nextToken", token.orElse(""));
      all.addAll(micros(page));
      token = page.text("nextToken");
    } while (token.isPresent());
    List<Integer> expected = List.of(1, 2, 3, 4, 5, 5, 7, 8, 9);
    assertThat(all).isEqualTo(order.equals("asc") ? expected : expected.reversed());
  }

  @Test
  void aPageEndsAtFourMebibytesToo() {
    String key = new ChunkKey("press-1", Tiers.at(0), Tiers.at(5), 1, false).text();
    StringBuilder chunk = new StringBuilder("[");
    for (int i = 0; i < 6; i++) {
      chunk
          .append(i == 0 ? "" : ",")
          .append(item(i).json().toBuilder().put("state", "x".repeat(1024 * 1024)).build());
    }
    tiers.cold.putText(key, chunk.append("]").toString());
    JsonObject page = cold();
    assertThat(micros(page)).containsExactly(0, 1, 2);
    assertThat(micros(cold("nextToken", page.text("nextToken").orElseThrow())))
        .containsExactly(3, 4, 5);
  }

  @Test
  void whatIsReadIsWhatWasWrittenToTheDigit() {
    String item =
        "{\"device_id\":\"press-1\",\"timestamp\":\"2026-01-01T00:00:00.000001Z\","
            + "\"event_id\":\"e\",\"strokes\":1,\"v\":[1.10,1e2,{\"a\":\"}] \\\\\\\" ü\"}],"
            + "\"n\":9007199254740993.000}";
    tiers.cold.putText(
        new ChunkKey("press-1", Tiers.at(1), Tiers.at(1), 1, false).text(), " [ \n" + item + " ]");
    assertThat(get(FunctionKind.COLD_READER).body()).asString().contains(item);
  }

  @Test
  void gzippedChunksAreUnpacked() throws IOException {
    byte[] json = ("[" + item(1).json() + "]").getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzipped)) {
      out.write(json);
    }
    tiers.cold.put(
        new ChunkKey("press-1", Tiers.at(1), Tiers.at(1), 1, true).text(),
        gzipped.toByteArray(),
        new Content("0".repeat(64), json.length));
    assertThat(micros(cold())).containsExactly(1);
  }

  @Test
  void chunksThatMustBeRestoredArePendingAndTheOthersAreRead() {
    tiers.chunk(tiers.archive, item(1), item(2));
    String closed = tiers.chunk(tiers.archive, item(3), item(4));
    String far = tiers.chunk(tiers.archive, item(8), item(9));
    tiers.archive.archive(closed);
    tiers.archive.archive(far);
    JsonObject answer =
        Json.parseObject(get(FunctionKind.ARCHIVE_READER, "end", Tiers.at(5)).body());
    assertThat(micros(answer)).containsExactly(1, 2);
    assertThat(answer.array("pending").orElseThrow().values())
        .singleElement()
        .satisfies(
            chunk -> {
              assertThat(((JsonObject) chunk).text("key")).contains(closed);
              assertThat(((JsonObject) chunk).get("since")).hasToString("null");
              assertThat(((JsonObject) chunk).has("takes")).isTrue();
            });
    tiers.archive.restore(closed);
    JsonObject asked =
        Json.parseObject(get(FunctionKind.ARCHIVE_READER, "end", Tiers.at(5)).body());
    assertThat(
            ((JsonObject) asked.array("pending").orElseThrow().values().getFirst()).text("since"))
        .isPresent();
  }

  @Test
  void aPageSaysOnlyWhatIsPendingUpToItsEnd() {
    tiers.chunk(tiers.archive, item(1), item(2), item(3));
    String closed = tiers.chunk(tiers.archive, item(5), item(6));
    tiers.archive.archive(closed);
    tiers.chunk(tiers.archive, item(7));
    JsonObject first = Json.parseObject(get(FunctionKind.ARCHIVE_READER, "limit", "2").body());
    assertThat(first.get("pending")).hasToString("[]");
    JsonObject rest =
        Json.parseObject(
            get(
                    FunctionKind.ARCHIVE_READER,
                    "limit",
                    "2",
                    "nextToken",
                    first.text("nextToken").orElseThrow())
                .body());
    assertThat(micros(rest)).containsExactly(3, 7);
    assertThat(rest.get("pending")).asString().contains(closed);
  }

  @Test
  void whatIsNoChunkOfTheDeviceIsLeftAlone() {
    tiers.chunk(tiers.cold, item(1));
    tiers.cold.putText("press-1/notes.txt", "hello");
    tiers.cold.putText("press-10/" + tiers.cold.keys().getFirst().substring(8), "invalid JSON");
    assertThat(micros(cold())).containsExactly(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[1]",
        "[{\"a\":1}]",
        "[{\"timestamp\":",
        "",
        "[{\"timestamp\":\"x\"}]",
        "[{\"timestamp\":\"2026-01-01T00:00:00.000001Z\",}]",
        "\u0000\u00ff not JSON at all",
      })
  @DisplayName("one chunk of a device's history is damaged")
  void aDamagedChunkIsLeftOutWithAWarningAndTheRestOfTheHistoryIsRead(String content) {
    tiers.chunk(tiers.cold, item(2));
    String damaged = new ChunkKey("press-1", Tiers.at(1), Tiers.at(3), 1, false).text();
    tiers.cold.putText(damaged, content);
    assertThat(micros(cold())).containsExactly(2);
    assertThat(tiers.cloud.log.counts()).containsExactly("chunk-damaged");
    assertThat(tiers.cloud.log.messages(Level.WARN)).singleElement().asString().contains(damaged);
  }

  @Test
  void aChunkThatIsPackedWronglyIsLeftOutToo() {
    tiers.chunk(tiers.cold, item(2));
    String damaged = new ChunkKey("press-1", Tiers.at(1), Tiers.at(3), 1, true).text();
    tiers.cold.putText(damaged, "[]");
    tiers.cold.damage(damaged, new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});
    assertThat(micros(cold())).containsExactly(2);
    assertThat(tiers.cloud.log.counts()).containsExactly("chunk-damaged");
  }

  @Test
  void theGoodItemsOfAChunkWithABadOneAreRead() {
    String key = new ChunkKey("press-1", Tiers.at(1), Tiers.at(3), 1, false).text();
    tiers.cold.putText(
        key, "[" + Json.text(item(1).json()) + ",{\"a\":1}," + Json.text(item(3).json()) + "]");
    assertThat(micros(cold())).containsExactly(1, 3);
    assertThat(tiers.cloud.log.counts()).containsExactly("chunk-damaged");
  }

  @ParameterizedTest
  @CsvSource({
    "device_id, nobody",
    "device_id, ''",
    "device_id, ../press-1",
    "device_id, press-1/",
    "device_id, _verify",
    "limit, 0",
    "limit, 10001",
    "limit, 99999999999999999999",
    "limit, x",
    "order, sideways",
    "start, soon",
    "nextToken, x",
    "nextToken, '****'",
    "nextToken, AAAA",
  })
  void aQueryThatIsNoneIsABadRequest(String parameter, String value) {
    threeChunks();
    assertThat(get(FunctionKind.COLD_READER, parameter, value).status()).isEqualTo(400);
  }

  @Test
  void aTokenIsOnlyForItsOwnQueryAndAForgedOneIsRefused() {
    threeChunks();
    String token = cold("limit", "2").text("nextToken").orElseThrow();
    assertThat(get(FunctionKind.COLD_READER, "nextToken", token, "order", "desc").status())
        .isEqualTo(400);
    assertThat(get(FunctionKind.COLD_READER, "nextToken", token, "end", Tiers.at(5)).status())
        .isEqualTo(400);
    byte[] forged = Base64.getUrlDecoder().decode(token);
    forged[20] ^= 1;
    assertThat(
            get(
                    FunctionKind.COLD_READER,
                    "nextToken",
                    Base64.getUrlEncoder().withoutPadding().encodeToString(forged))
                .status())
        .isEqualTo(400);
    assertThat(get(FunctionKind.COLD_READER, "nextToken", "A".repeat(100_000)).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(names = {"COLD_READER", "ARCHIVE_READER"})
  void withoutItsTokenItIsUnauthorizedAndOnlyGetAndPostAreTaken(FunctionKind kind) {
    for (String token : List.of("", "wrong")) {
      HttpHead head =
          new HttpHead("GET", Map.of("x-inter-cloud-token", token), Map.of("device_id", "press-1"));
      assertThat(reader(kind).receive(head, new byte[0]).status()).isEqualTo(401);
    }
    HttpHead put = new HttpHead("PUT", Map.of("x-inter-cloud-token", TOKEN), Map.of());
    assertThat(reader(kind).receive(put, new byte[0]).status()).isEqualTo(405);
    HttpHead post = new HttpHead("POST", Map.of("x-inter-cloud-token", TOKEN), Map.of());
    assertThat(
            reader(kind)
                .receive(post, "{\"device_id\":\"press-1\"}".getBytes(StandardCharsets.UTF_8))
                .status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"COLD_READER", "ARCHIVE_READER"})
  void withoutItsStoreItDoesNotStart(FunctionKind kind) {
    tiers.cloud.remove(tiers.cold);
    tiers.cloud.remove(tiers.archive);
    assertThatThrownBy(() -> reader(kind)).isInstanceOf(ConfigurationError.class);
  }

  @Test
  void aStoreThatFailsIsAServerError() {
    tiers.cold.breakDown();
    assertThat(get(FunctionKind.COLD_READER).status()).isEqualTo(500);
  }
}
