package io.twinloom.functions.tier;

import static io.twinloom.functions.tier.TierClouds.item;
import static io.twinloom.functions.tier.TierClouds.left;
import static io.twinloom.functions.tier.TierClouds.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.MovePlans.Position;
import io.twinloom.functions.port.MovePlans.Run;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.tier.HotToColdMover.Settings;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mover has set itself to do, over kills, refusals, lost answers and other runs. */
class HotToColdPlanTest {
  private static final JsonObject NOTHING = JsonObject.EMPTY;
  private static final String MOVER = "plant-hot-to-cold-mover";

  private final TierClouds local = new TierClouds(false, false, false);
  private final TierClouds remote = new TierClouds(true, false, false);

  @Test
  void whatArrivesWhileAPlanIsCarriedOutWaitsForTheNextRun() {
    remote.hotItem("press-1", 9, 0, "1");
    remote.hotItem("press-1", 9, 5, "2");
    killBeforeTheDeletion(remote);
    remote.hotItem("press-1", 9, 3, "3");
    JsonObject continued = remote.move(JsonObject.builder().put("continue", true).build());
    assertThat(number(continued, "items")).isEqualTo(2);
    assertThat(remote.hot.hotStore.all())
        .extracting(HotItem::eventId)
        .containsExactly("press-1-9-3");
    assertThat(number(remote.move(NOTHING), "items")).isEqualTo(1);
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
    remote.move(NOTHING);
    assertThat(TierClouds.items(remote.cold.coldStore)).hasSize(1);
    assertThat(remote.hot.hotStore.all()).isEmpty();
  }

  @Test
  void aContinuationDoesNothingWithoutAnOpenPlan() {
    local.hotItem("press-1", 9, 0, "1");
    JsonObject result = local.move(JsonObject.builder().put("continue", true).build());
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
    assertThat(local.move(NOTHING).get("busy")).hasToString("true");
    assertThat(local.hot.hotStore.all()).hasSize(1);
    local.hot.movePlans.end(other.saved());
    local.hot.movePlans.save(
        new Run(
            MOVER, 0, other.cutOff(), "another", FakeCloud.NOW.minusSeconds(1), Position.BEGINNING),
        List.of(),
        List.of());
    assertThat(number(local.move(NOTHING), "items")).isEqualTo(1);
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
    local.move(NOTHING);
    assertThat(local.everything()).isEqualTo(before);
    assertThat(local.hot.hotStore.all()).isEmpty();
  }

  private void quietly(ExecutorService threads) {
    JsonObject result = local.hotToCold(Mortal.never(), NOTHING, threads, TierClouds.SMALL);
    assertThat(left(result)).isEmpty();
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
    remote.refuse(refused, 400);
    JsonObject result = remote.move(NOTHING);
    assertThat(left(result)).hasSize(1);
    assertThat(remote.hot.hotStore.all()).isNotEmpty();
    assertThat(remote.everything()).as("each item once").isEqualTo(before);
    remote.move(NOTHING);
    assertThat(remote.hot.hotStore.all()).isEmpty();
    assertThat(remote.everything()).isEqualTo(before);
  }

  @Test
  void aRunWhoseTimeIsOverLeavesThePlanForALaterOne() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    cloud.hotStore.put(item(9));
    var late =
        TierClouds.hotToColdMover(
            new Settings(
                new Route.Local(""),
                Optional.of(Duration.ZERO),
                Optional.empty(),
                Optional.empty()),
            local.twin,
            cloud,
            Runnable::run,
            Chunk.MAX_BYTES);
    JsonObject result =
        late.run(NOTHING, new Invocation(MOVER, cloud.log, letter -> {}, false, ""));
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
  void chunksOfADeviceAreSentOneAfterAnother() {
    for (int i = 0; i < 60; i++) {
      remote.hotItem("press-" + i % 3, 9, i, "\"" + "x".repeat(40) + "\"");
    }
    Set<String> underWay = ConcurrentHashMap.newKeySet();
    Set<String> together = ConcurrentHashMap.newKeySet();
    remote.watch(
        body -> {
          String device = body.text("iot_device_id").orElseThrow();
          if (!underWay.add(device)) {
            together.add(device);
          }
          LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
          underWay.remove(device);
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      remote.hotToCold(Mortal.never(), NOTHING, threads, TierClouds.SMALL);
    }
    assertThat(remote.requests).hasSizeGreaterThan(10);
    assertThat(together).isEmpty();
  }

  @Test
  void chunksOfTwoDevicesAreUnderWayTogether() {
    remote.hotItem("oven-2", 9, 0, "1");
    remote.hotItem("press-1", 9, 0, "1");
    CountDownLatch both = new CountDownLatch(2);
    remote.watch(
        body -> {
          both.countDown();
          try {
            assertThat(both.await(60, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      JsonObject result = remote.hotToCold(Mortal.never(), NOTHING, threads, TierClouds.SMALL);
      assertThat(number(result, "items")).isEqualTo(2);
    }
  }

  /** A day later more of the device is old: other chunks would be made of the same items. */
  private JsonObject aDayLater() {
    return remote.move(JsonObject.builder().put("now", TierClouds.daysAgo(-1)).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413})
  void whatMayHaveBeenTakenIsSentAsItIsUntilThatIsClear(int refusal) {
    remote.hotItem("press-1", 9, 0, "1");
    remote.hotItem("press-1", 7, 5, "2");
    List<String> before = remote.everything();
    for (int attempt = 1; attempt <= 4; attempt++) {
      remote.loseAnswer(attempt);
    }
    assertThat(remote.move(NOTHING).text("open")).isPresent();
    remote.refuse(5, refusal);
    assertThat(left(remote.move(NOTHING))).hasSize(1);
    assertThat(left(aDayLater())).isEmpty();
    assertThat(remote.hot.hotStore.all()).isEmpty();
    assertThat(remote.everything()).isEqualTo(before);
    assertThat(remote.hot.movePlans.open(MOVER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413})
  void aRefusalAfterALostAnswerIsNotClear(int refusal) {
    remote.hotItem("press-1", 9, 0, "1");
    remote.hotItem("press-1", 7, 5, "2");
    List<String> before = remote.everything();
    remote.loseAnswer(1);
    remote.refuse(2, refusal);
    assertThat(left(remote.move(NOTHING))).hasSize(1);
    assertThat(left(aDayLater())).isEmpty();
    assertThat(remote.hot.hotStore.all()).isEmpty();
    assertThat(remote.everything()).isEqualTo(before);
  }

  @Test
  void whatIsLeftInAPlanDoesNotKeepTheNextOneFromTheOtherItems() {
    remote.hotItem("press-1", 9, 0, "1");
    remote.hotItem("press-1", 9, 2, "2");
    remote.hotItem("press-1", 7, 5, "4");
    remote.loseAnswer(1);
    remote.refuse(2, 400);
    remote.move(NOTHING);
    remote.hotItem("press-1", 9, 1, "3");
    List<String> before = remote.everything();
    remote.refuse(3, 400);
    JsonObject next = aDayLater();
    assertThat(left(next)).as("the chunk that may have been taken").hasSize(1);
    assertThat(number(next, "items")).as("what came between, and later").isEqualTo(2);
    assertThat(remote.hot.hotStore.all())
        .extracting(HotItem::eventId)
        .containsExactly("press-1-9-0", "press-1-9-2");
    assertThat(number(remote.move(NOTHING), "items")).isEqualTo(2);
    assertThat(remote.everything().stream().distinct().toList())
        .isEqualTo(before.stream().distinct().toList());
    assertThat(TierClouds.items(remote.cold.coldStore)).hasSize(4);
    assertThat(remote.hot.movePlans.open(MOVER)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"24, 2", "22, 1"})
  void aContinuationThatEndsAPlanWhenTheNextIsDueMakesThatToo(int hoursAgo, int moved) {
    remote.hotItem("press-1", 9, 0, "1");
    remote.hotItem("press-1", 7, -1, "2");
    String cutOff =
        Timestamps.of(FakeCloud.NOW.minus(Duration.ofDays(7)).minus(Duration.ofHours(hoursAgo)));
    remote.hot.movePlans.save(
        new Run(MOVER, 0, cutOff, "", FakeCloud.NOW, Position.BEGINNING), List.of(), List.of());
    JsonObject continued = remote.move(JsonObject.builder().put("continue", true).build());
    assertThat(number(continued, "items")).isEqualTo(moved);
  }
}
