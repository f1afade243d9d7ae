package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import io.twinloom.functions.settings.ConfigurationError;
import io.twinloom.functions.tier.HotToColdMover.Settings;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonNull;
import io.twinloom.model.json.JsonNumber;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HotToColdMoverTest {
  private static final JsonObject NOTHING = JsonObject.EMPTY;
  private static final String MOVER = "plant-hot-to-cold-mover";

  private final TierClouds local = new TierClouds(false, false, false);
  private final TierClouds remote = new TierClouds(true, false, false);

  private static JsonObject move(TierClouds clouds, JsonObject event) {
    return clouds.hotToCold(Mortal.never(), event);
  }

  private static long number(JsonObject result, String name) {
    return ((JsonNumber) java.util.Objects.requireNonNull(result.get(name)))
        .asDecimal()
        .longValue();
  }

  private static List<String> left(JsonObject result) {
    List<String> left = new ArrayList<>();
    for (var one : result.array("left").orElseThrow()) {
      left.add(((JsonObject) one).text("why").orElseThrow());
    }
    return left;
  }

  @Test
  void onlyWhatIsOlderThanTheHotStoreKeepsItIsMoved() {
    local.hotItem("press-1", 7, -1, "1.50");
    local.hotItem("press-1", 7, 0, "2");
    local.hotItem("press-1", 0, 0, "3");
    JsonObject result = move(local, NOTHING);
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
    assertThat(number(move(local, NOTHING), "items")).isZero();
    assertThat(number(move(local, tomorrow), "items")).isEqualTo(1);
    assertThatThrownBy(() -> move(local, JsonObject.builder().put("now", "soon").build()))
        .isInstanceOf(TwinloomException.class);
  }

  @Test
  void anEmptyStoreMovesNothingAndLeavesNoPlan() {
    JsonObject result = move(local, NOTHING);
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
    move(local, NOTHING);
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
    assertThat(number(move(local, NOTHING), "chunks")).isEqualTo(3);
  }

  @Test
  void whatIsSentSaysAllThatTheContractAsks() {
    remote.hotItem("press-1", 9, 0, "123456789012345678901234567890.10");
    JsonObject result = move(remote, JsonObject.builder().put("trace_id", "trace-9").build());
    assertThat(number(result, "items")).isEqualTo(1);
    var request = remote.requests.getFirst();
    assertThat(request.url()).hasToString(TierClouds.COLD_URL);
    assertThat(request.headers())
        .containsEntry("X-Inter-Cloud-Token", Twin.TOKEN)
        .containsEntry("X-Trace-Id", "trace-9")
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
      assertThat(number(move(clouds, NOTHING), "chunks")).isEqualTo(1);
      assertThat(clouds.cold.coldStore.text(key)).isEqualTo("[\"other\"]");
      assertThat(clouds.cold.coldStore.text(key.replace("00001", "00002"))).contains("press-1");
    }
  }

  @Test
  void whatTheWriterRefusesStaysWhereItIsAndIsReported() {
    for (int status : new int[] {400, 413, 403}) {
      FakeCloud cloud = new FakeCloud(Provider.AWS);
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
    FakeCloud cloud = new FakeCloud(Provider.AWS);
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
    FakeCloud cloud = new FakeCloud(Provider.AWS);
    cloud.remote.answers(200, -1, answer);
    cloud.hotStore.put(item(9));
    JsonObject result = run(cloud, NOTHING);
    assertThat(number(result, "items")).isZero();
    assertThat(left(result)).hasSize(1);
    assertThat(cloud.hotStore.all()).hasSize(1);
  }

  @Test
  void nothingIsDeletedWhereItsOwnStoreHoldsSomethingElse() {
    local.hotItem("press-1", 9, 0, "1");
    move(local, NOTHING);
    String key = local.cold.coldStore.keys().getFirst();
    local.cold.coldStore.damage(key, "[]".getBytes(StandardCharsets.UTF_8));
    local.hotItem("press-1", 9, 0, "1");
    JsonObject result = move(local, NOTHING);
    assertThat(left(result)).containsExactly("The copy's digest is not the chunk's.");
    assertThat(local.hot.hotStore.all()).hasSize(1);
  }

  @Test
  void whatArrivesWhileAPlanIsCarriedOutWaitsForTheNextRun() {
    remote.hotItem("press-1", 9, 0, "1");
    remote.hotItem("press-1", 9, 5, "2");
    killBeforeTheDeletion(remote);
    remote.hotItem("press-1", 9, 3, "3");
    JsonObject continued = move(remote, JsonObject.builder().put("continue", true).build());
    assertThat(number(continued, "items")).isEqualTo(2);
    assertThat(remote.hot.hotStore.all())
        .extracting(HotItem::eventId)
        .containsExactly("press-1-9-3");
    assertThat(number(move(remote, NOTHING), "items")).isEqualTo(1);
    assertThat(TierClouds.items(remote.cold.coldStore)).hasSize(3);
  }

  private static void killBeforeTheDeletion(TierClouds clouds) {
    Mortal probe = new Mortal(1_000, false);
    TierClouds twin = new TierClouds(true, false, false);
    clouds.hot.hotStore.all().forEach(twin.hot.hotStore::put);
    twin.hotToCold(probe, NOTHING);
    int at = probe.calls().indexOf("HotStore.delete");
    assertThatThrownBy(() -> clouds.hotToCold(new Mortal(at, false), NOTHING))
        .isInstanceOfAny(Mortal.Killed.class, CompletionException.class);
    clouds.hot.movePlans.disown();
    assertThat(clouds.cold.coldStore.keys()).isNotEmpty();
  }

  @Test
  void anItemThatWasDeliveredAgainMeanwhileIsMovedOnce() {
    remote.hotItem("press-1", 9, 0, "1");
    killBeforeTheDeletion(remote);
    remote.hotItem("press-1", 9, 0, "1");
    move(remote, NOTHING);
    assertThat(TierClouds.items(remote.cold.coldStore)).hasSize(1);
    assertThat(remote.hot.hotStore.all()).isEmpty();
  }

  @Test
  void aContinuationDoesNothingWithoutAnOpenPlan() {
    local.hotItem("press-1", 9, 0, "1");
    JsonObject result = move(local, JsonObject.builder().put("continue", true).build());
    assertThat(number(result, "items")).isZero();
    assertThat(local.hot.hotStore.all()).hasSize(1);
  }

  @Test
  void aRunGivesWayToOneThatIsAtWorkUnlessThatIsLongDead() {
    local.hotItem("press-1", 9, 0, "1");
    Run other =
        new Run(
            MOVER,
            0,
            TierClouds.daysAgo(7),
            "another",
            FakeCloud.NOW.plusSeconds(1),
            Position.BEGINNING);
    local.hot.movePlans.save(other, List.of(), List.of());
    assertThat(move(local, NOTHING).get("busy")).hasToString("true");
    assertThat(local.hot.hotStore.all()).hasSize(1);
    local.hot.movePlans.end(other.saved());
    local.hot.movePlans.save(
        new Run(
            MOVER, 0, other.cutOff(), "another", FakeCloud.NOW.minusSeconds(1), Position.BEGINNING),
        List.of(),
        List.of());
    assertThat(number(move(local, NOTHING), "items")).isEqualTo(1);
  }

  @Test
  void twoRunsAtOnceMoveEachItemOnce() throws Exception {
    for (int i = 0; i < 200; i++) {
      local.hotItem("press-1", 9, i, Integer.toString(i));
    }
    List<String> before = local.everything();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      var one = threads.submit(() -> quietly(threads));
      var two = threads.submit(() -> quietly(threads));
      one.get();
      two.get();
    }
    move(local, NOTHING);
    assertThat(local.everything()).isEqualTo(before);
    assertThat(local.hot.hotStore.all()).isEmpty();
  }

  @Test
  void chunksThatAreUnderWayTogetherMoveEachItemOnce() {
    for (int i = 0; i < 60; i++) {
      remote.hotItem("press-" + i % 3, 9, i, "\"" + "x".repeat(40) + "\"");
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      JsonObject result = remote.hotToCold(Mortal.never(), NOTHING, threads, TierClouds.SMALL);
      assertThat(number(result, "items")).isEqualTo(60);
      assertThat(number(result, "chunks")).isGreaterThan(10);
      assertThat(left(result)).isEmpty();
    }
    assertThat(remote.hot.hotStore.all()).isEmpty();
    assertThat(TierClouds.items(remote.cold.coldStore)).hasSize(60).doesNotHaveDuplicates();
    assertThat(remote.hot.movePlans.open(MOVER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatArrivedBesideARefusedChunkIsDoneWith(int refused) {
    for (int i = 0; i < 12; i++) {
      remote.hotItem("press-1", 9, i, "\"" + "x".repeat(40) + "\"");
    }
    List<String> before = remote.everything();
    remote.refuse(refused);
    JsonObject result = move(remote, NOTHING);
    assertThat(left(result)).hasSize(1);
    assertThat(remote.hot.hotStore.all()).isNotEmpty();
    assertThat(remote.everything()).as("each item once").isEqualTo(before);
    move(remote, NOTHING);
    assertThat(remote.hot.hotStore.all()).isEmpty();
    assertThat(remote.everything()).isEqualTo(before);
  }

  private void quietly(ExecutorService threads) {
    JsonObject result = local.hotToCold(Mortal.never(), NOTHING, threads, TierClouds.SMALL);
    assertThat(left(result)).isEmpty();
  }

  @Test
  void aRunWhoseTimeIsOverLeavesThePlanForALaterOne() {
    FakeCloud cloud = new FakeCloud(Provider.AWS);
    cloud.hotStore.put(item(9));
    var late =
        new HotToColdMover(
            MOVER,
            new Settings(
                new io.twinloom.functions.settings.Crossing.Route.Local(""),
                java.util.Optional.of(java.time.Duration.ZERO)),
            local.twin,
            cloud.ports,
            Runnable::run,
            Chunk.MAX_BYTES);
    JsonObject result =
        late.run(NOTHING, new io.twinloom.functions.frame.Invocation(MOVER, cloud.log, false, ""));
    assertThat(result.text("open")).isPresent();
    assertThat(cloud.hotStore.all()).hasSize(1);
    assertThat(cloud.movePlans.open(MOVER).orElseThrow().run().owner()).isEmpty();
    JsonObject continued =
        cloud
                    .function(FunctionKind.HOT_TO_COLD_MOVER, new Twin(), Map.of())
                    .invoke(JsonObject.builder().put("continue", true).build())
                instanceof JsonObject object
            ? object
            : NOTHING;
    assertThat(number(continued, "items")).isEqualTo(1);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  void aMarkedChunkIsSentAsAnyAndNothingElseIs() {
    for (TierClouds clouds : List.of(local, remote)) {
      clouds.hotItem("press-1", 9, 0, "1");
      JsonObject result = move(clouds, JsonObject.builder().put("_verify", "v-1").build());
      String key = result.text("key").orElseThrow();
      assertThat(key).startsWith("_verify/");
      assertThat(clouds.cold.coldStore.keys()).containsExactly(key);
      assertThat(clouds.cold.coldStore.text(key)).contains("\"_verify\":\"v-1\"");
      assertThat(clouds.hot.hotStore.all()).hasSize(1);
    }
  }

  private static HotItem item(int daysAgo) {
    String time = TierClouds.daysAgo(daysAgo);
    return new HotItem("press-1", time, "e1", JsonObject.builder().put("timestamp", time).build());
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

  @Test
  void itGoesRemoteOnlyWhereTheAddressIsSetAndTheProvidersDiffer() {
    for (String url : new String[] {"", "  "}) {
      assertThat(goesRemote(new Twin().tiers("aws", "azure", "aws"), url)).isFalse();
    }
    assertThat(goesRemote(new Twin().tiers("aws", "aws", "aws"), TierClouds.COLD_URL)).isFalse();
    assertThat(goesRemote(new Twin().tiers("aws", "azure", "aws"), TierClouds.COLD_URL)).isTrue();
    assertThat(goesRemote(new Twin().tiers("aws", "AWS", "aws"), TierClouds.COLD_URL)).isTrue();
  }

  private static boolean goesRemote(Twin twin, String url) {
    FakeCloud cloud = new FakeCloud(Provider.AWS);
    cloud.hotStore.put(item(9));
    cloud.remote.answers(400);
    cloud
        .function(
            FunctionKind.HOT_TO_COLD_MOVER,
            twin,
            Map.of("REMOTE_COLD_WRITER_URL", url, "INTER_CLOUD_TOKEN", Twin.TOKEN))
        .invoke(NOTHING);
    return !cloud.remote.requests().isEmpty();
  }

  @Test
  void settingsThatAreMissingOrContradictoryStopTheStart() {
    Map<String, String> url = Map.of("REMOTE_COLD_WRITER_URL", TierClouds.COLD_URL);
    assertStops(new Twin().tiers("aws", "azure", "aws"), url, "INTER_CLOUD_TOKEN");
    assertStops(
        new Twin().tiers("aws", "azure", "aws"),
        Map.of("REMOTE_COLD_WRITER_URL", TierClouds.COLD_URL, "INTER_CLOUD_TOKEN", "  "),
        "INTER_CLOUD_TOKEN");
    Map<String, String> all =
        Map.of("REMOTE_COLD_WRITER_URL", TierClouds.COLD_URL, "INTER_CLOUD_TOKEN", Twin.TOKEN);
    for (String layer : List.of("layer_3_hot_provider", "layer_3_cold_provider")) {
      assertStops(new Twin().provider(layer, JsonNull.NULL), all, layer);
      assertStops(new Twin().provider(layer, new JsonString("")), all, layer);
    }
    assertStops(new Twin().without("config_providers"), all, "layer_3_");
    assertStops(
        new Twin().config("hot_storage_size_in_days", new JsonString("7")),
        Map.of(),
        "hot_storage_size_in_days");
    assertStops(new Twin(), Map.of("MOVER_TIME_LIMIT_SECONDS", "soon"), "MOVER_TIME_LIMIT");
  }

  private static void assertStops(Twin twin, Map<String, String> settings, String named) {
    FakeCloud cloud = new FakeCloud(Provider.AWS);
    assertThatThrownBy(() -> cloud.function(FunctionKind.HOT_TO_COLD_MOVER, twin, settings))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining(named);
  }

  @Test
  void withoutItsStoresItDoesNotStart() {
    FakeCloud cloud = new FakeCloud(Provider.AWS);
    cloud.coldStore.remove();
    assertThatThrownBy(() -> cloud.function(FunctionKind.HOT_TO_COLD_MOVER, new Twin(), Map.of()))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("cold store");
    FakeCloud other = new FakeCloud(Provider.AWS);
    other.hotStore.remove();
    assertThatThrownBy(() -> other.function(FunctionKind.HOT_TO_COLD_MOVER, new Twin(), Map.of()))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("hot store");
  }

  @Test
  void itSaysWhereItStaysWithinItsCloudThoughItShouldNot() {
    FakeCloud cloud = new FakeCloud(Provider.AWS);
    cloud.function(
        FunctionKind.HOT_TO_COLD_MOVER, new Twin().tiers("aws", "azure", "aws"), Map.of());
    assertThat(cloud.log.messages(Level.WARN)).hasSize(1).first().asString().contains("differ");
  }
}
