package io.twinloom.functions.tier;

import static io.twinloom.functions.tier.TierClouds.item;
import static io.twinloom.functions.tier.TierClouds.left;
import static io.twinloom.functions.tier.TierClouds.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotToColdMoverTest {
  private static final JsonObject NOTHING = JsonObject.EMPTY;
  private static final String MOVER = "plant-hot-to-cold-mover";

  private final TierClouds local = new TierClouds(false, false, false);
  private final TierClouds remote = new TierClouds(true, false, false);

  @Test
  void onlyWhatIsOlderThanTheHotStoreKeepsItIsMoved() {
    local.hotItem("press-1", 7, -1, "1.50");
    local.hotItem("press-1", 7, 0, "2");
    local.hotItem("press-1", 0, 0, "3");
    JsonObject result = local.move(NOTHING);
    assertThat(number(result, "items")).isEqualTo(1);
    assertThat(number(result, "chunks")).isEqualTo(1);
    assertThat(local.hot.hotStore.all()).hasSize(2);
    assertThat(TierClouds.items(local.cold.coldStore)).hasSize(1);
    String key = local.cold.coldStore.keys().getFirst();
    assertThat(local.cold.coldStore.text(key)).contains("\"value\":1.50");
    assertThat(number(result, "bytes")).isEqualTo(local.cold.coldStore.text(key).length());
  }

  @Test
  void theCutOffIsThatOfTheRunAndItsPresentCanBeGiven() {
    local.hotItem("press-1", 3, 0, "1");
    JsonObject tomorrow = JsonObject.builder().put("now", "2026-03-05T12:00:01Z").build();
    assertThat(number(local.move(NOTHING), "items")).isZero();
    assertThat(number(local.move(tomorrow), "items")).isEqualTo(1);
    assertThatThrownBy(() -> local.move(JsonObject.builder().put("now", "soon").build()))
        .isInstanceOf(TwinloomException.class);
  }

  @Test
  void anEmptyStoreMovesNothingAndLeavesNoPlan() {
    JsonObject result = local.move(NOTHING);
    assertThat(number(result, "items")).isZero();
    assertThat(left(result)).isEmpty();
    assertThat(local.hot.movePlans.open(MOVER)).isEmpty();
  }

  @Test
  void itemsStandInTimeOrderInChunksThatSayTheirTimesAndCountFromOne() {
    for (int i = 9; i >= 0; i--) {
      local.hotItem("press-1", 9, i, "\"" + "x".repeat(40) + "\"");
    }
    local.hotItem("oven-2", 9, 0, "1");
    local.move(NOTHING);
    List<ChunkKey> keys =
        local.cold.coldStore.keys().stream().map(k -> ChunkKey.parse(k).orElseThrow()).toList();
    assertThat(keys).extracting(ChunkKey::device).startsWith("oven-2", "press-1");
    assertThat(keys).extracting(ChunkKey::index).startsWith(1, 1, 2, 3);
    List<String> times = new ArrayList<>();
    for (ChunkKey key : keys) {
      String text = local.cold.coldStore.text(key.text());
      assertThat(text.length()).isLessThanOrEqualTo(TierClouds.SMALL);
      JsonArray list = Twin.array(text);
      times.add(key.first());
      assertThat(((JsonObject) list.values().getFirst()).text("timestamp")).contains(key.first());
      assertThat(((JsonObject) list.values().getLast()).text("timestamp")).contains(key.last());
    }
    assertThat(times.subList(1, times.size())).isSorted();
  }

  @Test
  void aChunkIsFilledToTheLastByteAndNotBeyond() {
    int room = Chunk.MAX_BYTES - 2;
    for (int more : new int[] {0, 1}) {
      TierClouds clouds = new TierClouds(false, false, false);
      clouds.hotItem("press-1", 9, 0, "\"\"");
      int base = Json.bytes(clouds.hot.hotStore.all().getFirst().body()).length;
      int first = room / 2;
      clouds.hotItem("press-1", 9, 0, "\"" + "x".repeat(first - base) + "\"");
      int second = room - 1 - first + more;
      clouds.hotItem("press-1", 9, 1, "\"" + "é".repeat(8) + "x".repeat(second - base - 16) + "\"");
      clouds.hotToCold(Mortal.never(), NOTHING, Runnable::run, Chunk.MAX_BYTES);
      List<String> keys = clouds.cold.coldStore.keys();
      assertThat(keys).hasSize(more == 0 ? 1 : 2);
      if (more == 0) {
        assertThat(clouds.cold.coldStore.text(keys.getFirst()).getBytes(StandardCharsets.UTF_8))
            .hasSize(5_242_880);
      }
    }
  }

  @Test
  void anItemThatAloneExceedsTheLimitTravelsAlone() {
    local.hotItem("press-1", 9, 0, "1");
    local.hotItem("press-1", 9, 1, "\"" + "x".repeat(TierClouds.SMALL) + "\"");
    local.hotItem("press-1", 9, 2, "2");
    assertThat(number(local.move(NOTHING), "chunks")).isEqualTo(3);
  }

  @Test
  void whatIsSentSaysAllThatTheContractAsks() {
    remote.hotItem("press-1", 9, 0, "123456789012345678901234567890.10");
    JsonObject result =
        remote.move(
            JsonObject.builder().put("trace_id", "3f0e6c1e-0000-4000-8000-000000000009").build());
    assertThat(number(result, "items")).isEqualTo(1);
    var request = remote.requests.getFirst();
    assertThat(request.url()).hasToString(TierClouds.COLD_URL);
    assertThat(request.headers())
        .containsEntry("X-Inter-Cloud-Token", Twin.TOKEN)
        .containsEntry("X-Trace-Id", "3f0e6c1e-0000-4000-8000-000000000009")
        .containsEntry("Content-Type", "application/json")
        .containsKey("Idempotency-Key");
    JsonObject body = request.json();
    assertThat(body.members().keySet())
        .containsExactly(
            "iot_device_id",
            "chunk_index",
            "start_timestamp",
            "end_timestamp",
            "source_cloud",
            "sha256",
            "items_gzip");
    assertThat(body.text("source_cloud")).contains("aws");
    String key = remote.cold.coldStore.keys().getFirst();
    assertThat(remote.cold.coldStore.text(key)).contains(":123456789012345678901234567890.10");
    assertThat(body.text("sha256")).contains(remote.cold.coldStore.digest(key).orElseThrow());
    assertThat(remote.hot.hotStore.all()).isEmpty();
  }

  @Test
  void aPlaceThatHoldsOtherContentIsLeftToItForTheNextIndex() {
    for (TierClouds clouds : List.of(local, remote)) {
      clouds.hotItem("press-1", 9, 0, "1");
      String time = clouds.hot.hotStore.all().getFirst().timestamp();
      String key = new ChunkKey("press-1", time, time, 1, false).text();
      clouds.cold.coldStore.putText(key, "[\"other\"]");
      assertThat(number(clouds.move(NOTHING), "chunks")).isEqualTo(1);
      assertThat(clouds.cold.coldStore.text(key)).isEqualTo("[\"other\"]");
      assertThat(clouds.cold.coldStore.text(key.replace("00001", "00002"))).contains("press-1");
    }
  }

  @Test
  void whatTheWriterRefusesStaysWhereItIsAndIsReported() {
    for (int status : new int[] {400, 413, 403}) {
      FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
      cloud.remote.answers(status);
      cloud.hotStore.put(item(9));
      JsonObject result = run(cloud, NOTHING);
      assertThat(left(result)).hasSize(1).first().asString().contains("answered " + status);
      assertThat(cloud.remote.requests()).hasSize(1);
      assertThat(cloud.hotStore.all()).hasSize(1);
      assertThat(cloud.movePlans.open(MOVER)).as("it is planned anew").isEmpty();
      assertThat(cloud.log.messages(Level.WARN)).hasSize(1);
    }
  }

  @Test
  void aWriterThatCannotBeReachedIsTriedAgainAndTheRestIsForALaterRun() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remote.answers(503);
    cloud.hotStore.put(item(9));
    JsonObject result = run(cloud, NOTHING);
    assertThat(cloud.remote.requests()).hasSize(4);
    assertThat(left(result)).hasSize(1);
    assertThat(result.text("open")).isPresent();
    assertThat(cloud.movePlans.open(MOVER).orElseThrow().chunks()).hasSize(1);
    assertThat(cloud.hotStore.all()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"written\":1}",
        "[]",
        "ok",
        "{\"written\":1,\"sha256\":\"0000000000000000000000000000000000000000000000000000000000"
            + "000000\"}",
      })
  void nothingIsDeletedWithoutTheCopysDigest(String answer) {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remote.answers(200, -1, answer);
    cloud.hotStore.put(item(9));
    JsonObject result = run(cloud, NOTHING);
    assertThat(number(result, "items")).isZero();
    assertThat(left(result)).hasSize(1);
    assertThat(cloud.hotStore.all()).hasSize(1);
  }

  @Test
  void aWriterThatConfirmsNothingIsSentOnlySoMuch() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.remote.answers(200, -1, "{}");
    for (int i = 0; i < 2 * HotToColdRun.MOST_LEFT; i++) {
      HotItem item = item(9);
      cloud.hotStore.put(new HotItem("press-" + i, item.timestamp(), item.eventId(), item.body()));
    }
    for (int run = 0; run < 2; run++) {
      JsonObject result = run(cloud, NOTHING);
      assertThat(left(result)).hasSizeLessThanOrEqualTo(HotToColdRun.MOST_LEFT + 1);
      assertThat(result.text("open")).isPresent();
    }
    assertThat(cloud.hotStore.all()).hasSize(2 * HotToColdRun.MOST_LEFT);
    assertThat(cloud.movePlans.open(MOVER).orElseThrow().chunks())
        .hasSizeLessThanOrEqualTo(HotToColdRun.MOST_LEFT + 1);
  }

  @Test
  void nothingIsDeletedWhereItsOwnStoreHoldsSomethingElse() {
    local.hotItem("press-1", 9, 0, "1");
    local.move(NOTHING);
    String key = local.cold.coldStore.keys().getFirst();
    local.cold.coldStore.damage(key, "[]".getBytes(StandardCharsets.UTF_8));
    local.hotItem("press-1", 9, 0, "1");
    JsonObject result = local.move(NOTHING);
    assertThat(left(result)).containsExactly("Its digest is not the chunk's.");
    assertThat(local.hot.hotStore.all()).hasSize(1);
  }

  @Test
  void aMarkedChunkIsSentAsAnyAndNothingElseIs() {
    for (TierClouds clouds : List.of(local, remote)) {
      clouds.hotItem("press-1", 9, 0, "1");
      JsonObject result = clouds.move(JsonObject.builder().put("_verify", "v-1").build());
      String key = result.text("key").orElseThrow();
      assertThat(key).startsWith("_verify/");
      assertThat(clouds.cold.coldStore.keys()).containsExactly(key);
      assertThat(clouds.cold.coldStore.text(key)).contains("\"_verify\":\"v-1\"");
      assertThat(clouds.hot.hotStore.all()).hasSize(1);
    }
  }

  private JsonObject run(FakeCloud cloud, JsonObject event) {
    return (JsonObject)
        cloud
            .function(
                FunctionKind.HOT_TO_COLD_MOVER,
                new Twin().tiers("aws", "azure", "aws"),
                Map.of(
                    "REMOTE_COLD_WRITER_URL", TierClouds.COLD_URL, "INTER_CLOUD_TOKEN", Twin.TOKEN))
            .invoke(event);
  }
}
