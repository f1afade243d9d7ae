package io.twinloom.functions.tier;

import static io.twinloom.functions.tier.TierClouds.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.Refused;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.functions.tier.HotToColdMover.Settings;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.cloud.KnownClouds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a mover moves the devices in lanes, several at once and in several runs")
class LanedMoveTest {
  private static final String MOVER = "plant-hot-to-cold-mover";
  private static final int DEVICES = 60;

  private final FakeCloud cloud = new FakeCloud(KnownClouds.AWS);

  @BeforeEach
  void oldItems() {
    for (int device = 0; device < DEVICES; device++) {
      for (int second = 0; second < 3; second++) {
        String time = "2026-01-01T00:00:0" + second + ".000000Z";
        JsonObject body =
            JsonObject.builder()
                .put("id", "d" + device + "_" + time)
                .put("device_id", "d" + device)
                .put("timestamp", time)
                .put("event_id", "e" + second)
                .build();
        cloud.hotStore.put(new HotItem("d" + device, time, "e" + second, body));
      }
    }
  }

  @Test
  void allOfItIsMovedAndNoPlanIsLeft() {
    JsonObject result = move(JsonObject.EMPTY);
    assertThat(number(result, "items")).isEqualTo(3 * DEVICES);
    assertThat(cloud.hotStore.all()).isEmpty();
    assertThat(TierClouds.items(cloud.coldStore)).hasSize(3 * DEVICES);
    assertThat(MoveLane.all()).noneMatch(lane -> isOpen(lane.planOf(MOVER)));
    assertThat(number(move(JsonObject.EMPTY), "items")).isZero();
  }

  @Test
  void eachOfSeveralRunsMovesItsOwnDevices() {
    long moved = 0;
    for (int run = 0; run < 3; run++) {
      long own = number(move(JsonObject.builder().put("run", run).put("of", 3).build()), "items");
      assertThat(own).isPositive();
      moved += own;
    }
    assertThat(moved).isEqualTo(3 * DEVICES);
    assertThat(cloud.hotStore.all()).isEmpty();
  }

  @Test
  @DisplayName("a run that lacks time ends all its lanes by one time, also those that began last")
  void theLimitIsOfTheRun() {
    AtomicReference<Instant> now = new AtomicReference<>(FakeCloud.NOW);
    AtomicInteger ids = new AtomicInteger();
    FunctionRuntime runtime =
        new FunctionRuntime(
            KnownClouds.AWS, now::get, new Random(1), () -> "id-" + ids.incrementAndGet(), p -> {});
    List<Instant> deadlines = new ArrayList<>();
    MoveRunner undivided =
        new MoveRunner(
            cloud.movePlans,
            runtime,
            Duration.ofDays(1),
            Optional.of(Duration.ofMinutes(13)),
            Optional.empty(),
            (session, result, invocation, deadline) -> MoveRunner.End.DONE);
    List<MoveRunner> lanes =
        MoveLane.all().stream()
            .map(
                lane ->
                    undivided.inLane(
                        lane,
                        (session, result, invocation, deadline) -> {
                          deadlines.add(deadline);
                          now.set(now.get().plus(Duration.ofMinutes(5)));
                          return MoveRunner.End.LATER;
                        }))
            .toList();

    new LanedMove(undivided, lanes, 1, Runnable::run)
        .run(
            MoveOrder.of(JsonObject.EMPTY, runtime.clock()),
            "2026-02-22T12:00:00.000000Z",
            new Invocation(MOVER, cloud.log, letter -> {}, false, ""));

    assertThat(deadlines)
        .hasSize(MoveLane.COUNT)
        .containsOnly(FakeCloud.NOW.plus(Duration.ofMinutes(13)));
    assertThat(MoveLane.all()).as("the next run goes on").allMatch(l -> isOpen(l.planOf(MOVER)));
  }

  @Test
  @DisplayName("a run that fails measures how far it is behind, too")
  void aFailedRunIsMeasured() {
    cloud.coldStore.breakDown();
    assertThatThrownBy(() -> move(JsonObject.EMPTY)).isInstanceOf(TwinloomException.class);
    assertThat(cloud.log.measures().get(Lateness.HOURS)).isGreaterThan(1_000);
  }

  @Test
  void aDeviceIsInOneLane() {
    assertThat(IntStream.range(0, 500).mapToObj(i -> "device-" + i))
        .allSatisfy(
            device ->
                assertThat(MoveLane.all().stream().filter(lane -> lane.has(device))).hasSize(1));
    assertThat(new TreeSet<>(MoveLane.all().stream().map(lane -> lane.planOf(MOVER)).toList()))
        .hasSize(MoveLane.COUNT);
  }

  @Test
  @DisplayName("a plan of all devices, as an earlier version has left it, is ended before")
  void anOpenPlanOfAllDevicesIsEndedFirst() {
    String info = new Twin().json();
    TierClouds.hotToColdMover(
            new Settings(
                new Route.Local(""),
                Optional.of(Duration.ZERO),
                Optional.empty(),
                Optional.empty()),
            new TwinInfoSource().read(new Environment(Map.of("DIGITAL_TWIN_INFO", info))),
            cloud,
            Runnable::run,
            Chunk.MAX_BYTES)
        .run(JsonObject.EMPTY, new Invocation(MOVER, cloud.log, letter -> {}, false, ""));
    assertThat(isOpen(MOVER)).isTrue();

    assertThat(number(move(JsonObject.EMPTY), "items")).isEqualTo(3 * DEVICES);
    assertThat(isOpen(MOVER)).isFalse();
    assertThat(TierClouds.items(cloud.coldStore)).hasSize(3 * DEVICES);
  }

  @Test
  @DisplayName("a run that ends before its plan warns of items that are days past their time")
  void aMoverThatDoesNotKeepUpSaysSo() {
    String info = new Twin().json();
    TierClouds.hotToColdMover(
            new Settings(
                new Route.Local(""), Optional.of(Duration.ZERO), Optional.empty(), Optional.of(4)),
            new TwinInfoSource().read(new Environment(Map.of("DIGITAL_TWIN_INFO", info))),
            cloud,
            Runnable::run,
            Chunk.MAX_BYTES)
        .run(JsonObject.EMPTY, new Invocation(MOVER, cloud.log, letter -> {}, false, ""));
    assertThat(cloud.log.counts()).containsOnlyOnce(Lateness.COUNT);
    assertThat(cloud.log.measures().get(Lateness.HOURS)).isGreaterThan(1_000);
    assertThat(cloud.log.messages(Level.WARN))
        .last()
        .asString()
        .matches(
            "The mover does not keep up: the oldest item .* is 1,[0-9]{3} hours past its time.");
  }

  @Test
  void aRunThatLeavesNothingMeasuresThatToo() {
    move(JsonObject.EMPTY);
    assertThat(cloud.log.measures()).containsEntry(Lateness.HOURS, 0L);
    assertThat(cloud.log.counts()).doesNotContain(Lateness.COUNT);
  }

  @Test
  void aRunThatOnlyContinuesBeginsNoPlan() {
    assertThat(number(move(JsonObject.builder().put("continue", true).build()), "items")).isZero();
    assertThat(cloud.log.measures()).isEmpty();
    assertThat(cloud.hotStore.all()).hasSize(3 * DEVICES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"run\": 2, \"of\": 2}",
        "{\"run\": -1, \"of\": 2}",
        "{\"of\": 0}",
        "{\"run\": \"1\", \"of\": 2}",
        "{\"run\": 0.5, \"of\": 2}"
      })
  void aRunThatIsNoneOfThemIsRefused(String order) {
    assertThatThrownBy(() -> move(Twin.object(order))).isInstanceOf(Refused.class);
  }

  private boolean isOpen(String plan) {
    return cloud.movePlans.open(plan).isPresent();
  }

  private JsonObject move(JsonObject order) {
    return (JsonObject)
        cloud
            .function(
                FunctionKind.HOT_TO_COLD_MOVER, new Twin(), Map.of("MOVER_LANES_AT_ONCE", "4"))
            .invoke(order);
  }
}
