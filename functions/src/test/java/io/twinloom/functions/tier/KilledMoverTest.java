package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A mover is killed before or after each of its calls on a port, or its receiver is, or the answer
 * is lost; it runs again, and every item stands exactly once in the tiers.
 */
@Tag("full")
class KilledMoverTest {

  private enum Way {
    HOT_TO_COLD,
    COLD_TO_ARCHIVE
  }

  @ParameterizedTest
  @CsvSource({
    "HOT_TO_COLD, false, false",
    "HOT_TO_COLD, false, true",
    "HOT_TO_COLD, true, false",
    "HOT_TO_COLD, true, true",
    "COLD_TO_ARCHIVE, false, false",
    "COLD_TO_ARCHIVE, false, true",
    "COLD_TO_ARCHIVE, true, false",
    "COLD_TO_ARCHIVE, true, true",
  })
  void aMoverThatIsKilledAtAnyCallLeavesEachItemOnce(Way way, boolean remote, boolean compressed) {
    Supplier<TierClouds> clouds = () -> filled(way, remote, compressed);
    List<String> calls = callsOf(way, clouds.get());
    assertThat(calls).hasSizeGreaterThan(10);
    for (int at = 0; at < calls.size(); at++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        TierClouds killed = clouds.get();
        List<String> before = killed.everything();
        boolean died = runs(way, killed, new Mortal(at, afterwards));
        assertThat(died).as("killed at %s", calls.get(at)).isTrue();
        comesBack(way, killed, before, (afterwards ? "after " : "before ") + at + calls.get(at));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HOT_TO_COLD, false",
    "HOT_TO_COLD, true",
    "COLD_TO_ARCHIVE, false",
    "COLD_TO_ARCHIVE, true",
  })
  void aReceiverThatIsKilledAtAnyCallLeavesEachItemOnce(Way way, boolean compressed) {
    TierClouds counted = filled(way, true, compressed);
    Mortal process = Mortal.never();
    counted.receiverIs(process);
    runs(way, counted, Mortal.never());
    assertThat(process.calls()).hasSizeGreaterThan(1);
    for (int at = 0; at < process.calls().size(); at++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        TierClouds clouds = filled(way, true, compressed);
        List<String> before = clouds.everything();
        clouds.receiverIs(new Mortal(at, afterwards));
        runs(way, clouds, Mortal.never());
        comesBack(way, clouds, before, process.calls().get(at));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"HOT_TO_COLD", "COLD_TO_ARCHIVE"})
  void aLostAnswerLeavesEachItemOnceWhetherItIsTriedAgainOrTheMoverIsKilled(Way way) {
    int requests = requestsOf(way);
    for (int lost = 1; lost <= requests; lost++) {
      TierClouds clouds = filled(way, true, false);
      List<String> before = clouds.everything();
      clouds.loseAnswer(lost);
      runs(way, clouds, Mortal.never());
      assertThat(clouds.requests).hasSize(requests + 1);
      comesBack(way, clouds, before, "lost answer " + lost);
    }
  }

  @ParameterizedTest
  @CsvSource({"HOT_TO_COLD, false", "HOT_TO_COLD, true", "COLD_TO_ARCHIVE, true"})
  void aMoverThatIsKilledAgainAndAgainComesToAnEnd(Way way, boolean remote) {
    TierClouds clouds = filled(way, remote, false);
    List<String> before = clouds.everything();
    int kills = 0;
    while (runs(way, clouds, new Mortal(11, kills % 2 == 0))) {
      clouds.hot.movePlans.disown();
      clouds.cold.movePlans.disown();
      kills++;
      assertThat(clouds.everything().stream().distinct().toList()).isEqualTo(before);
      assertThat(kills).isLessThan(200);
    }
    assertThat(kills).isGreaterThan(2);
    comesBack(way, clouds, before, "many kills");
  }

  @Test
  void aLargeObjectsPartsSurviveKillsOfEitherSide() {
    Supplier<TierClouds> clouds =
        () -> {
          TierClouds made = new TierClouds(true, true, false);
          String key = key("big");
          made.cold.coldStore.putText(key, "[{\"text\":\"" + "x".repeat(9_000_000) + "\"}]");
          return made;
        };
    TierClouds counted = clouds.get();
    Mortal process = Mortal.never();
    assertThat(runs(Way.COLD_TO_ARCHIVE, counted, process)).isFalse();
    assertThat(counted.requests).hasSize(3);
    for (int at = 1; at < process.calls().size(); at += 4) {
      TierClouds killed = clouds.get();
      List<String> before = killed.everything();
      runs(Way.COLD_TO_ARCHIVE, killed, new Mortal(at, true));
      comesBack(Way.COLD_TO_ARCHIVE, killed, before, process.calls().get(at));
      assertThat(killed.archive.archiveStore.partCount()).isZero();
    }
    for (int lost = 1; lost <= 3; lost++) {
      TierClouds losing = clouds.get();
      List<String> before = losing.everything();
      losing.loseAnswer(lost);
      runs(Way.COLD_TO_ARCHIVE, losing, Mortal.never());
      comesBack(Way.COLD_TO_ARCHIVE, losing, before, "lost part " + lost);
    }
  }

  private static TierClouds filled(Way way, boolean remote, boolean compressed) {
    TierClouds clouds = new TierClouds(remote, remote, compressed);
    if (way == Way.HOT_TO_COLD) {
      for (String device : List.of("oven-2", "press-1")) {
        for (int i = 0; i < 5; i++) {
          clouds.hotItem(device, 9, i, "1.50" + i);
        }
      }
      clouds.hotItem("oven-2", 8, 0, "\"" + "x".repeat(TierClouds.SMALL) + "\"");
      clouds.hotItem("press-1", 6, 0, "-1e5");
      // Another run's chunk has the place that the first one would take.
      String key = new ChunkKey("oven-2", day(9, 0), day(9, 2), 1, compressed).text();
      clouds.cold.coldStore.put(key, bytes(compressed), content());
    } else {
      for (String device : List.of("oven-2", "press-1")) {
        put(clouds.cold.coldStore, device, 50, compressed);
        put(clouds.cold.coldStore, device, 40, compressed);
        put(clouds.cold.coldStore, device, 20, compressed);
      }
      // The archive has other content under a key.
      String key = new ChunkKey("oven-2", day(50, 0), day(50, 1), 1, compressed).text();
      clouds.archive.archiveStore.put(key, bytes(compressed), content());
    }
    return clouds;
  }

  private static byte[] bytes(boolean compressed) {
    byte[] list = Json.bytes(JsonArray.of(JsonObject.builder().put("other", 1).build()));
    return compressed ? Gzip.pack(list) : list;
  }

  private static io.twinloom.functions.port.ObjectStore.Content content() {
    return Digests.of(bytes(false));
  }

  private static void put(MemoryObjectStore store, String device, int days, boolean compressed) {
    JsonObject.Builder item = JsonObject.builder().put("device", device).put("age", days);
    byte[] list = Json.bytes(JsonArray.of(item.put("n", 1).build(), item.put("n", 2).build()));
    String key = new ChunkKey(device, day(days, 0), day(days, 1), 1, compressed).text();
    store.put(key, compressed ? Gzip.pack(list) : list, Digests.of(list));
  }

  private static String key(String device) {
    return new ChunkKey(device, day(50, 0), day(50, 1), 1, false).text();
  }

  private static String day(int ago, int micros) {
    return io.twinloom.model.time.Timestamps.of(
        FakeCloud.NOW
            .minus(java.time.Duration.ofDays(ago))
            .plus(java.time.Duration.ofNanos(micros * 1_000L)));
  }

  private static List<String> callsOf(Way way, TierClouds clouds) {
    Mortal process = Mortal.never();
    assertThat(runs(way, clouds, process)).isFalse();
    return process.calls();
  }

  private static int requestsOf(Way way) {
    TierClouds clouds = filled(way, true, false);
    runs(way, clouds, Mortal.never());
    return clouds.requests.size();
  }

  /** Whether it was killed. */
  private static boolean runs(Way way, TierClouds clouds, Mortal process) {
    try {
      run(way, clouds, process);
      return false;
    } catch (Mortal.Killed e) {
      return true;
    } catch (java.util.concurrent.CompletionException e) {
      assertThat(e).hasCauseInstanceOf(Mortal.Killed.class);
      return true;
    }
  }

  private static JsonObject run(Way way, TierClouds clouds, Mortal process) {
    return way == Way.HOT_TO_COLD
        ? clouds.hotToCold(process, JsonObject.EMPTY)
        : clouds.coldToArchive(process, JsonObject.EMPTY);
  }

  /** The process starts again, the mover runs, and all is as it should be. */
  private static void comesBack(
      Way way, TierClouds clouds, List<String> before, String description) {
    clouds.hot.movePlans.disown();
    clouds.cold.movePlans.disown();
    JsonObject result = run(way, clouds, Mortal.never());
    assertThat(result.array("left").orElseThrow()).as(description).isEmpty();
    assertThat(clouds.everything()).as(description).isEqualTo(before);
    List<String> due = new ArrayList<>();
    if (way == Way.HOT_TO_COLD) {
      clouds.hot.hotStore.all().stream()
          .filter(item -> item.timestamp().compareTo(TierClouds.daysAgo(7)) < 0)
          .forEach(item -> due.add(item.timestamp()));
    } else {
      clouds.cold.coldStore.keys().stream()
          .filter(key -> key.contains(day(40, 0)) || key.contains(day(50, 0)))
          .forEach(due::add);
    }
    assertThat(due).as(description).isEmpty();
  }
}
