package io.twinloom.aws.deploy.copy;

import static io.twinloom.model.cloud.KnownClouds.AWS;
import static io.twinloom.model.cloud.KnownClouds.AZURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.HotStore.StoredPage;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Entry;
import io.twinloom.functions.port.ObjectStore.State;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.model.time.Timestamps;
import io.twinloom.testkit.aws.StandIns;
import io.twinloom.testkit.contract.Objects;
import io.twinloom.testkit.faults.FaultProxy.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store holds comes over to another cloud: from AWS, and to it. */
@Tag("full")
@ExtendWith(StandIns.class)
@DisplayName("A store is copied over clouds")
class StoreCopyOverCloudsTest {

  private static final String BEGIN = "{\"copy\": \"c1\"}";
  private static final String VERIFY = "{\"copy\": \"c1\", \"verify\": true}";
  private static final String CONTINUE = "{\"continue\": true}";
  private static final String DAY = "2026-01-01T00:00:00.000000Z";

  @TempDir Path folder;

  private static Provider other(Provider cloud) {
    return cloud == AWS ? AZURE : AWS;
  }

  private static Provider cloud(String id) {
    return id.equals(AWS.id()) ? AWS : AZURE;
  }

  private static HotItem item(String device, int micros, String event, String more) {
    String time = "2026-01-01T00:00:%02d.%06dZ".formatted(micros / 1_000_000, micros % 1_000_000);
    String text =
        "{\"id\":\"%s_%s\",\"device_id\":\"%s\",\"timestamp\":\"%s\",\"event_id\":\"%s\",%s}"
            .formatted(device, time, device, time, event, more);
    return new HotItem(
        device, time, event, Json.parseObject(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** All that a hot store holds, as it is stored, by device and time. */
  private static Map<String, String> all(HotStore store) {
    Map<String, String> all = new TreeMap<>();
    for (String device : store.devicesBefore(Timestamps.END, "", 100)) {
      String start = Timestamps.MIN;
      StoredPage page;
      do {
        page = store.itemsBefore(device, start, Timestamps.END, 1_000);
        for (StoredItem item : page.items()) {
          all.put(
              device + " " + item.place().timestamp() + " " + item.place().eventId(),
              new String(item.json(), StandardCharsets.UTF_8));
          start = Timestamps.after(item.place().timestamp());
        }
      } while (page.more());
    }
    return all;
  }

  /** Some of each device, also of one that the twin has no more. */
  private static List<HotItem> measured(int each, int bytes) {
    List<HotItem> items = new ArrayList<>();
    for (String device : List.of("press-1", "oven-2", "sold-9")) {
      for (int i = 0; i < each; i++) {
        String note = "é".repeat(bytes / 2);
        items.add(
            item(device, 50_000 * i, "e" + i, "\"v\":%d.50e3,\"note\":\"%s\"".formatted(i, note)));
      }
    }
    return items;
  }

  private static void put(TwoClouds twin, Provider cloud, List<HotItem> items) {
    if (cloud == AWS) {
      // While the twin had it, a deployment did.
      twin.aws().hotStore().note(List.of("sold-9"));
    }
    for (int from = 0; from < items.size(); from += 200) {
      twin.hot(cloud).putAll(items.subList(from, Math.min(items.size(), from + 200)));
    }
  }

  private static void state(JsonObject answer, String state) {
    assertThat(answer.text("state")).as(answer.toString()).contains(state);
  }

  /** A run ends after a while, or where it is not answered; the next one goes on. */
  private static JsonObject whole(TwoClouds twin, String order) {
    // A circuit that requests to a killed receiver have opened stays so for a while.
    return await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> twin.copy(order), answer -> !isOpen(answer));
  }

  private static boolean isOpen(JsonObject answer) {
    return answer
        .text("state")
        .filter(s -> s.equals("copying") || s.equals("verifying"))
        .isPresent();
  }

  @ParameterizedTest(name = "from {0}")
  @ValueSource(strings = {"aws", "azure"})
  void theItemsOfAHotStoreStandThereOnceAndAsTheyWere(String id) {
    Provider from = cloud(id);
    try (TwoClouds twin = new TwoClouds(folder, Layer.L3_HOT, from)) {
      put(twin, from, measured(40, 10));
      HotItem huge = item("press-1", 7, "huge", "\"n\":" + "123456789".repeat(20) + "e-400");
      HotItem again = item("press-1", 1_000_000 + 1, "again", "\"v\":1");
      HotItem late = item("oven-2", 2_000_000 + 25, "late", "\"v\":2");
      put(twin, from, List.of(huge, again, late));
      // A redelivery came to the new store first, with what new code made of it.
      HotItem redelivered = item("press-1", 1_000_000 + 3, "again", "\"v\":1,\"new\":true");
      // Another event was measured at that very moment.
      HotItem newcomer = item("oven-2", 2_000_000 + 25, "new", "\"v\":3");
      twin.hot(other(from)).putAll(List.of(redelivered, newcomer));

      Map<String, String> expected = new TreeMap<>(all(twin.hot(from)));
      String before = "press-1 2026-01-01T00:00:01.000001Z again";
      assertThat(expected).containsKey(before).hasSize(123);
      expected.remove(before);
      expected.put("press-1 2026-01-01T00:00:01.000003Z again", Json.text(redelivered.body()));
      String taken = "oven-2 2026-01-01T00:00:02.000025Z ";
      String moved = expected.remove(taken + "late").replace("02.000025Z", "02.000026Z");
      expected.put("oven-2 2026-01-01T00:00:02.000026Z late", moved);
      expected.put(taken + "new", Json.text(newcomer.body()));

      JsonObject answer = whole(twin, BEGIN);
      state(answer, "copied");
      assertThat(answer.get("there")).as(answer.toString()).hasToString("1");
      assertThat(answer.get("shifted")).as(answer.toString()).hasToString("1");
      assertThat(all(twin.hot(other(from)))).isEqualTo(expected);
      state(whole(twin, VERIFY), "verified");
      state(whole(twin, "{\"copy\": \"c2\"}"), "copied");
      assertThat(all(twin.hot(other(from)))).as("copied once more").isEqualTo(expected);
    }
  }

  @ParameterizedTest(name = "from {0}")
  @ValueSource(strings = {"aws", "azure"})
  void aProcessThatIsKilledInTheMiddleLeavesNothingOutAndNothingTwice(String id) {
    Provider from = cloud(id);
    try (TwoClouds twin = new TwoClouds(folder, Layer.L3_HOT, from)) {
      put(twin, from, measured(400, 8_000));
      AtomicInteger requests = new AtomicInteger();
      twin.between()
          .set(
              () -> {
                boolean dies = requests.incrementAndGet() == 5;
                if (dies && from == AWS) {
                  twin.killOnAws();
                }
                return dies ? Fault.ANSWER_LOST : Fault.NONE;
              });
      if (from == AWS) {
        assertThatThrownBy(() -> twin.copy(BEGIN)).isInstanceOf(IllegalStateException.class);
        int copied = all(twin.hot(AZURE)).size();
        assertThat(copied).as("it was in the middle").isBetween(1, 1_199);
        twin.startOnAwsAgain();
        state(whole(twin, CONTINUE), "copied");
      } else {
        state(whole(twin, BEGIN), "copied");
      }
      assertThat(all(twin.hot(other(from)))).isEqualTo(all(twin.hot(from)));
      state(whole(twin, VERIFY), "verified");
    }
  }

  @Test
  @DisplayName("A writer on AWS that is killed and started again is sent what it did not answer")
  void killedWriter() {
    try (TwoClouds twin = new TwoClouds(folder, Layer.L3_HOT, AZURE)) {
      put(twin, AZURE, measured(400, 8_000));
      AtomicInteger requests = new AtomicInteger();
      twin.between()
          .set(
              () -> {
                if (requests.incrementAndGet() == 5) {
                  twin.killOnAws();
                }
                return Fault.NONE;
              });
      assertThat(twin.copy(BEGIN).text("state")).contains("copying");
      twin.startWriterAgain();
      state(whole(twin, CONTINUE), "copied");
      assertThat(all(twin.hot(AWS))).isEqualTo(all(twin.hot(AZURE)));
      state(whole(twin, VERIFY), "verified");
    }
  }

  private static String key(String device, int index, String end) {
    return device
        + "/"
        + DAY
        + "-"
        + DAY.replace("-01T", "-02T")
        + "/chunk-%05d.json".formatted(index)
        + end;
  }

  private static String chunk(int seed, int items) {
    Random random = new Random(seed);
    return IntStream.range(0, items)
        .mapToObj(i -> "{\"v\":" + random.nextLong() + ".10}")
        .toList()
        .toString();
  }

  private static Map<String, String> objects(ObjectStore store) {
    Map<String, String> all = new TreeMap<>();
    for (Entry entry : store.list("", "", 100).entries()) {
      all.put(entry.key(), store.digest(entry.key()).orElseThrow());
    }
    return all;
  }

  private static Map<String, String> putChunks(TwoClouds twin, Provider from) {
    ObjectStore store = twin.chunks(from);
    Objects.put(store, key("press-1", 1, ""), chunk(1, 100));
    Objects.put(store, key("press-1", 2, ".gz"), chunk(2, 100));
    Objects.put(store, key("sold-9", 1, ""), chunk(3, 1));
    Objects.put(store, key("oven-2", 1, ""), chunk(4, 10));
    Objects.put(store, key("säge 3", 1, ""), chunk(5, 10));
    // One is there already, at the place of another one is another one.
    Objects.put(twin.chunks(other(from)), key("press-1", 2, ".gz"), chunk(2, 100));
    Objects.put(twin.chunks(other(from)), key("oven-2", 1, ""), chunk(7, 10));
    Map<String, String> expected = new TreeMap<>(objects(store));
    String digest = expected.get(key("oven-2", 1, ""));
    expected.put(key("oven-2", 2, ""), digest);
    expected.put(key("oven-2", 1, ""), Objects.content(chunk(7, 10)).sha256());
    return expected;
  }

  /** What does not fit into a request goes in parts. */
  private static void putLarge(TwoClouds twin, Provider from, Map<String, String> expected) {
    String large = chunk(6, 400_000);
    Objects.put(twin.chunks(from), key("oven-2", 3, ""), large);
    expected.put(key("oven-2", 3, ""), Objects.content(large).sha256());
  }

  @ParameterizedTest(name = "from {0}")
  @ValueSource(strings = {"aws", "azure"})
  void theChunksOfAColdStoreComeOverUnderTheirKeys(String id) {
    Provider from = cloud(id);
    try (TwoClouds twin = new TwoClouds(folder, Layer.L3_COLD, from)) {
      Map<String, String> expected = putChunks(twin, from);
      putLarge(twin, from, expected);
      AtomicInteger requests = new AtomicInteger();
      twin.between()
          .set(
              () -> {
                boolean dies = requests.incrementAndGet() == 4;
                if (dies && from == AWS) {
                  twin.killOnAws();
                }
                return dies ? Fault.ANSWER_LOST : Fault.NONE;
              });
      if (from == AWS) {
        assertThatThrownBy(() -> twin.copy(BEGIN)).isInstanceOf(IllegalStateException.class);
        twin.startOnAwsAgain();
        state(whole(twin, CONTINUE), "copied");
      } else {
        state(whole(twin, BEGIN), "copied");
      }
      assertThat(objects(twin.chunks(other(from)))).isEqualTo(expected);
      assertThat(Objects.read(twin.chunks(other(from)), key("press-1", 2, ".gz")))
          .as("gzipped as it was")
          .isEqualTo(Objects.read(twin.chunks(from), key("press-1", 2, ".gz")));
      state(whole(twin, VERIFY), "verified");
    }
  }

  @Test
  @DisplayName("The chunks of an archive on AWS are restored, and then come over")
  void archiveOnAws() {
    try (TwoClouds twin = new TwoClouds(folder, Layer.L3_ARCHIVE, AWS)) {
      Map<String, String> expected = putChunks(twin, AWS);
      putLarge(twin, AWS, expected);
      JsonObject answer = twin.copy(BEGIN);
      state(answer, "copying");
      assertThat(answer.text("open").orElse("")).contains("restor");
      assertThat(twin.chunks(AWS).info(key("press-1", 1, "")).orElseThrow().retrieval().state())
          .isNotEqualTo(State.ARCHIVED);
      state(whole(twin, CONTINUE), "copied");
      assertThat(objects(twin.chunks(AZURE))).isEqualTo(expected);
      state(whole(twin, VERIFY), "verified");
    }
  }

  @Test
  @DisplayName("The chunks of another cloud's archive come into that on AWS")
  // moto does not say the checksum of what was joined from parts, for which S3 vouches by it.
  void archiveToAws() {
    try (TwoClouds twin = new TwoClouds(folder, Layer.L3_ARCHIVE, AZURE)) {
      Map<String, String> expected = putChunks(twin, AZURE);
      state(whole(twin, BEGIN), "copied");
      assertThat(objects(twin.chunks(AWS))).isEqualTo(expected);
      assertThat(twin.chunks(AWS).info(key("press-1", 1, "")).orElseThrow().retrieval().state())
          .isEqualTo(State.ARCHIVED);
      state(whole(twin, VERIFY), "verified");
    }
  }
}
