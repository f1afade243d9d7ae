package io.twinloom.functions.tier;

import static io.twinloom.functions.tier.CopiedClouds.CONTINUE;
import static io.twinloom.functions.tier.CopiedClouds.begin;
import static io.twinloom.functions.tier.CopiedClouds.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.HotItem;
import io.twinloom.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The progress of a copy")
class CopyTotalTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final CopiedClouds clouds = new CopiedClouds();

  private JsonObject copy(String store, JsonObject order) {
    return clouds.copy(clouds.aws, store, Mortal.never(), order);
  }

  private static long number(JsonObject answer, String name) {
    return Long.parseLong(String.valueOf(answer.get(name)));
  }

  private static HotItem item(int micros, String more) {
    String time = "2026-01-01T00:00:00.%06dZ".formatted(micros);
    JsonObject body =
        Twin.object("{" + more + "}").toBuilder()
            .put("id", "press-1_" + time)
            .put("device_id", "press-1")
            .put("timestamp", time)
            .put("event_id", "e" + micros)
            .build();
    return new HotItem("press-1", time, "e" + micros, body);
  }

  private static String key(int index, String end) {
    return "press-1/2026-01-01T00:00:00.000000Z-2026-01-02T00:00:00.000000Z/chunk-%05d.json%s"
        .formatted(index, end);
  }

  private static void assertAll(JsonObject answer) {
    assertThat(number(answer, "bytes")).isPositive().isEqualTo(number(answer, "totalBytes"));
    assertThat(answer.get("eta")).as("nothing is left to do").isNull();
  }

  @Test
  @DisplayName("of a hot store grows to a total that its count of items says, marked ones too")
  void ofItems() {
    clouds.aws.hotStore.put(item(0, "\"_verify\": \"v1\""));
    for (int i = 1; i <= 6; i++) {
      clouds.aws.hotStore.put(item(i, ""));
    }
    clouds.azure.hotStore.throttle(item -> item.eventId().equals("e4"));

    JsonObject begun = copy("hot", begin("c"));

    assertThat(number(begun, "items")).isEqualTo(3);
    assertThat(number(begun, "totalBytes"))
        .isBetween(number(begun, "bytes") + 1, number(begun, "bytes") * 2);
    clouds.azure.hotStore.throttle(item -> false);
    assertAll(copy("hot", CONTINUE));
    assertAll(copy("hot", verify("c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cold", "archive"})
  @DisplayName("of a store of chunks grows to what they take there")
  void ofChunks(String store) {
    MemoryObjectStore source =
        store.equals("cold") ? clouds.aws.coldStore : clouds.aws.archiveStore;
    for (int i = 1; i <= 4; i++) {
      source.putText(key(i, ""), "[" + i + "]");
    }
    byte[] large = ("[" + "1,".repeat(500) + "1]").getBytes(StandardCharsets.UTF_8);
    byte[] packed = Gzip.pack(large);
    source.put(key(5, ".gz"), packed, Digests.of(large));
    source.putText("notes.txt", "not ours");
    source.putText("_verify/" + key(1, "").substring("press-1/".length()), "[0]");
    Iterator<Boolean> room = List.of(true, false).iterator();
    clouds.hasRoom = room::next;

    JsonObject begun = copy(store, begin("c"));

    assertThat(number(begun, "totalBytes")).isEqualTo(4 * 3 + packed.length);
    assertThat(number(begun, "bytes")).isPositive().isLessThan(number(begun, "totalBytes"));
    clouds.hasRoom = () -> true;
    JsonObject copied = copy(store, CONTINUE);
    assertAll(copied);
    assertThat(copied.get("totalBytes")).isEqualTo(begun.get("totalBytes"));
    assertAll(copy(store, verify("c")));
  }

  @Test
  @DisplayName("has no total where a store has too many chunks to list them for that")
  void tooManyChunks() {
    for (int i = 0; i <= ChunkStoreCopy.MOST_LISTED; i++) {
      clouds.aws.coldStore.putText("k" + i, "");
    }
    clouds.hasRoom = () -> false;

    assertThat(copy("cold", begin("c")).get("totalBytes")).isNull();
  }

  @Test
  @DisplayName("says how long the rest takes, also to the next run")
  void end() {
    CopyProgress progress = new CopyProgress("c");
    progress.runs(START);
    progress.total(CopyTotal.ofBytes(1_000));
    progress.tick(START.plusSeconds(1));
    assertThat(progress.answer().get("eta")).as("nothing is copied yet").isNull();
    progress.chunk(250);
    progress.tick(START.plusSeconds(10));

    assertThat(progress.answer().get("eta")).hasToString("30");
    assertThat(CopyProgress.of(progress.toJson()).answer()).isEqualTo(progress.answer());
  }

  @Test
  @DisplayName("has neither total nor end of a store that would have to be read for that")
  void unknown() {
    CopyProgress progress = new CopyProgress("c");
    progress.runs(START);
    progress.total(CopyTotal.UNKNOWN);
    progress.chunk(250);
    progress.tick(START.plusSeconds(10));

    JsonObject answer = progress.answer();
    assertThat(answer.members()).containsKey("bytes").doesNotContainKeys("totalBytes", "eta");
    assertThat(CopyProgress.of(progress.toJson()).hasTotal()).as("asked once").isTrue();
  }
}
