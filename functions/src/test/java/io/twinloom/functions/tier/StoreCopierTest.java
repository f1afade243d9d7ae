package io.twinloom.functions.tier;

import static io.twinloom.functions.tier.CopiedClouds.begin;
import static io.twinloom.functions.tier.CopiedClouds.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import io.twinloom.model.time.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The store-copier")
class StoreCopierTest {

  private static final String FIRST = "2026-01-01T00:00:00.000000Z";
  private static final String LAST = "2026-01-02T00:00:00.000000Z";

  private final CopiedClouds clouds = new CopiedClouds();

  private JsonObject copy(String store, JsonObject order) {
    return clouds.copy(clouds.aws, store, Mortal.never(), order);
  }

  private static void state(JsonObject answer, String state) {
    assertThat(answer.text("state")).as(answer.toString()).contains(state);
  }

  private static HotItem item(String device, int micros, String more) {
    return item(device, "2026-01-01T00:00:00.%06dZ".formatted(micros), "e" + micros, more);
  }

  private static HotItem item(String device, String time, String event, String more) {
    JsonObject body =
        Twin.object("{" + more + "}").toBuilder()
            .put("id", device + "_" + time)
            .put("device_id", device)
            .put("timestamp", time)
            .put("event_id", event)
            .build();
    return new HotItem(device, time, event, body);
  }

  private static String key(int index, String end) {
    return "press-1/" + FIRST + "-" + LAST + "/chunk-%05d.json".formatted(index) + end;
  }

  private static void gzipped(MemoryObjectStore store, String key, String text) {
    byte[] json = text.getBytes(StandardCharsets.UTF_8);
    store.put(key, Gzip.pack(json), Digests.of(json));
  }

  @Test
  @DisplayName("copies a hot store as it is, of devices that are configured and of others")
  void aHotStore() {
    for (int i = 0; i < 7; i++) {
      clouds.aws.hotStore.put(item("press-1", i, "\"n\": 1.50e3"));
      clouds.aws.hotStore.put(item("sold-9", i * 20_000, ""));
    }
    int writes = clouds.aws.hotStore.writes();
    JsonObject answer = copy("hot", begin("c"));
    state(answer, "copied");
    assertThat(answer.get("items")).hasToString("14");
    assertThat(clouds.azure.hotStore.all()).isEqualTo(clouds.aws.hotStore.all());
    state(copy("hot", verify("c")), "verified");
    state(copy("hot", CopiedClouds.STATUS), "verified");
    assertThat(clouds.aws.hotStore.writes()).as("nothing is written there").isEqualTo(writes);
  }

  @Test
  @DisplayName("copies and compares an item of the last time that can be stored")
  void theLastTime() {
    HotItem last = item("press-1", Timestamps.MAX, "last", "");
    clouds.aws.hotStore.put(item("press-1", 1, ""));
    clouds.aws.hotStore.put(last);
    state(copy("hot", begin("c")), "copied");
    assertThat(clouds.azure.hotStore.all()).hasSize(2).contains(last);
    state(copy("hot", verify("c")), "verified");
    clouds.azure.hotStore.delete("press-1", List.of(new ItemPlace(Timestamps.MAX, "last")));
    state(copy("hot", begin("d")), "copied");
    assertThat(clouds.azure.hotStore.all()).contains(last);
  }

  @Test
  @DisplayName("leaves marked measurements out")
  void marked() {
    clouds.aws.hotStore.put(item("press-1", 1, "\"_verify\": \"v1\""));
    clouds.aws.hotStore.put(item("press-1", 2, "\"note\": \"\\\"_verify\\\" is a word\""));
    assertThat(copy("hot", begin("c")).get("marked")).hasToString("1");
    assertThat(clouds.azure.hotStore.all()).extracting(HotItem::eventId).containsExactly("e2");
    state(copy("hot", verify("c")), "verified");
  }

  @Test
  @DisplayName("finds what is missing, and copies it when it is asked again")
  void different() {
    clouds.aws.hotStore.put(item("press-1", 1, ""));
    copy("hot", begin("c"));
    clouds.azure.hotStore.clear();
    JsonObject compared = copy("hot", verify("c"));
    state(compared, "different");
    assertThat(compared.get("missing")).hasToString("1");
    state(copy("hot", begin("c")), "copied");
    state(copy("hot", verify("c")), "verified");
    assertThat(clouds.azure.hotStore.all()).hasSize(1);
  }

  @Test
  @DisplayName("continues only what is open, and begins a copy of another name anew")
  void orders() {
    state(copy("hot", CopiedClouds.CONTINUE), "none");
    clouds.aws.hotStore.put(item("press-1", 1, ""));
    state(copy("hot", begin("c")), "copied");
    clouds.aws.hotStore.put(item("press-1", 2, ""));
    state(copy("hot", CopiedClouds.CONTINUE), "copied");
    state(copy("hot", begin("c")), "copied");
    assertThat(clouds.azure.hotStore.all()).hasSize(1);
    state(copy("hot", begin("d")), "copied");
    assertThat(clouds.azure.hotStore.all()).hasSize(2);
  }

  @Test
  @DisplayName("waits while the disk is nearly full")
  void noRoom() {
    clouds.aws.hotStore.put(item("press-1", 1, ""));
    clouds.hasRoom = () -> false;
    JsonObject answer = copy("hot", begin("c"));
    state(answer, "copying");
    assertThat(answer.text("open").orElse("")).contains("disk");
    assertThat(clouds.azure.hotStore.all()).isEmpty();
    clouds.hasRoom = () -> true;
    state(copy("hot", CopiedClouds.CONTINUE), "copied");
  }

  @Test
  @DisplayName("stops where the new store does not take it, and goes on later")
  void throttled() {
    for (int i = 0; i < 6; i++) {
      clouds.aws.hotStore.put(item("press-1", i, ""));
    }
    clouds.azure.hotStore.throttle(item -> item.eventId().equals("e3"));
    JsonObject answer = copy("hot", begin("c"));
    state(answer, "copying");
    assertThat(answer.get("items")).hasToString("2");
    clouds.azure.hotStore.throttle(item -> false);
    answer = copy("hot", CopiedClouds.CONTINUE);
    state(answer, "copied");
    assertThat(answer.get("items")).hasToString("6");
    assertThat(clouds.azure.hotStore.all()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cold", "archive"})
  @DisplayName("copies chunks under their keys, gzipped ones as they are")
  void chunks(String store) {
    MemoryObjectStore source = store(clouds.aws, store);
    source.putText(key(1, ""), "[1]");
    gzipped(source, key(2, ".gz"), "[2]");
    source.putText("_verify/" + FIRST + "-" + LAST + "/chunk-00001.json", "[0]");
    source.putText("notes.txt", "not ours");
    JsonObject answer = copy(store, begin("c"));
    state(answer, "copied");
    assertThat(answer.get("chunks")).hasToString("2");
    assertThat(answer.array("left").orElseThrow().toString()).contains("notes.txt");
    MemoryObjectStore target = store(clouds.azure, store);
    assertThat(target.keys()).containsExactly(key(1, ""), key(2, ".gz"));
    assertThat(target.text(key(2, ".gz"))).isEqualTo("[2]");
    state(copy(store, verify("c")), "verified");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cold", "archive"})
  @DisplayName("takes the next index with the same content or none, however often it copies")
  void conflicts(String store) {
    store(clouds.aws, store).putText(key(1, ""), "[1]");
    store(clouds.aws, store).putText(key(2, ""), "[2]");
    store(clouds.azure, store).putText(key(1, ""), "[7]");
    for (String name : List.of("c", "d")) {
      state(copy(store, begin(name)), "copied");
      state(copy(store, verify(name)), "verified");
      assertThat(contents(store(clouds.azure, store)))
          .containsExactlyInAnyOrder("[1]", "[2]", "[7]");
    }
  }

  @Test
  @DisplayName("misses a chunk that is not there, or not whole")
  void missingChunks() {
    clouds.aws.coldStore.putText(key(1, ""), "[1]");
    gzipped(clouds.aws.coldStore, key(2, ".gz"), "[2]");
    copy("cold", begin("c"));
    clouds.azure.coldStore.delete(key(1, ""));
    clouds.azure.coldStore.delete(key(2, ".gz"));
    JsonObject compared = copy("cold", verify("c"));
    state(compared, "different");
    assertThat(compared.get("missing")).hasToString("2");
    assertThat(clouds.azure.coldStore.keys()).as("a look leaves nothing behind").isEmpty();
    state(copy("cold", begin("c")), "copied");
    state(copy("cold", verify("c")), "verified");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  @DisplayName("killed at any call it leaves each item and chunk once")
  void killed(String store) {
    int calls = filled(new CopiedClouds(), store, Mortal.never()).size();
    assertThat(calls).isGreaterThan(5);
    for (int at = 0; at < calls; at++) {
      for (boolean afterwards : new boolean[] {false, true}) {
        CopiedClouds killed = new CopiedClouds();
        filled(killed, store, new Mortal(at, afterwards));
        killed.aws.movePlans.disown();
        state(killed.copy(killed.aws, store, Mortal.never(), begin("c")), "copied");
        state(killed.copy(killed.aws, store, Mortal.never(), verify("c")), "verified");
        assertThat(killed.azure.hotStore.all()).isEqualTo(killed.aws.hotStore.all());
        assertThat(contents(killed.azure.coldStore)).isEqualTo(contents(killed.aws.coldStore));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hot", "cold"})
  @DisplayName("killed before its first step it is gone on with by its schedule")
  void killedAtOnce(String store) {
    String first = store.equals("hot") ? "HotStore.devicesBefore" : "ObjectStore.list";
    int at = filled(new CopiedClouds(), store, Mortal.never()).indexOf(first);
    filled(clouds, store, new Mortal(at, false));
    clouds.aws.movePlans.disown();
    state(copy(store, CopiedClouds.CONTINUE), "copied");
    assertThat(clouds.azure.hotStore.all()).isEqualTo(clouds.aws.hotStore.all());
    assertThat(contents(clouds.azure.coldStore)).isEqualTo(contents(clouds.aws.coldStore));
  }

  private static List<String> filled(CopiedClouds clouds, String store, Mortal process) {
    for (int i = 0; i < 5; i++) {
      clouds.aws.hotStore.put(item("press-1", i, ""));
      clouds.aws.hotStore.put(item("oven-2", i, ""));
      clouds.aws.coldStore.putText(key(i, ""), "[" + i + "]");
    }
    if (!store.equals("hot")) {
      clouds.aws.hotStore.clear();
    } else {
      clouds.aws.coldStore.keys().forEach(clouds.aws.coldStore::delete);
    }
    try {
      clouds.copy(clouds.aws, store, process, begin("c"));
    } catch (Mortal.Killed | RuntimeException e) {
      return process.calls();
    }
    return process.calls();
  }

  @Test
  @DisplayName("does not start without a store to copy, an address, or another cloud")
  void settings() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    Twin moving = new Twin().previous("layer_3_hot_provider", "azure");
    Map<String, String> complete =
        Map.of(
            "COPY_STORE", "hot",
            "REMOTE_COPY_WRITER_URL", "https://azure.example/plant-hot-copy-writer",
            "REMOTE_COPY_WRITER_TOKEN", Twin.TOKEN);
    assertThat(cloud.function(FunctionKind.STORE_COPIER, moving, complete)).isNotNull();
    refused(cloud, new Twin(), complete);
    for (String lacking : complete.keySet()) {
      Map<String, String> others = new HashMap<>(complete);
      others.remove(lacking);
      refused(cloud, moving, others);
    }
    Map<String, String> unknown = new HashMap<>(complete);
    unknown.put("COPY_STORE", "warm");
    refused(cloud, moving, unknown);
  }

  private static void refused(FakeCloud cloud, Twin twin, Map<String, String> settings) {
    assertThatThrownBy(() -> cloud.function(FunctionKind.STORE_COPIER, twin, settings))
        .isInstanceOf(ConfigurationError.class);
  }

  @Test
  @DisplayName("of two runs only one works")
  void twoRuns() {
    clouds.aws.hotStore.put(item("press-1", 1, ""));
    List<String> calls = filled(new CopiedClouds(), "hot", Mortal.never());
    Mortal killed = new Mortal(calls.indexOf("MovePlans.save"), true);
    assertThatThrownBy(() -> clouds.copy(clouds.aws, "hot", killed, begin("c")))
        .isInstanceOf(Mortal.Killed.class);
    assertThat(copy("hot", begin("c")).get("busy")).isEqualTo(JsonBoolean.TRUE);
    assertThat(clouds.azure.hotStore.all()).isEmpty();
  }

  private static MemoryObjectStore store(FakeCloud cloud, String store) {
    return store.equals("cold") ? cloud.coldStore : cloud.archiveStore;
  }

  private static List<String> contents(MemoryObjectStore store) {
    List<String> contents = new ArrayList<>();
    store.keys().forEach(key -> contents.add(store.text(key)));
    return contents;
  }
}
