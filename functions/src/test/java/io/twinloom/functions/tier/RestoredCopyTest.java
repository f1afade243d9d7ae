package io.twinloom.functions.tier;

import static io.twinloom.functions.tier.CopiedClouds.begin;
import static io.twinloom.functions.tier.CopiedClouds.verify;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.json.JsonObject;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An archive is copied whose chunks must be restored first. */
class RestoredCopyTest {

  private final CopiedClouds clouds = new CopiedClouds();

  private JsonObject copy(JsonObject order) {
    return clouds.copy(clouds.aws, "archive", Mortal.never(), order);
  }

  private static String key(int index) {
    return "press-1/2026-01-01T00:00:00.000000Z-2026-01-02T00:00:00.000000Z/chunk-%05d.json"
        .formatted(index);
  }

  @Test
  @DisplayName("copies an archive in rounds of restored chunks, and says until when it waits")
  void restored() {
    MemoryObjectStore source = clouds.aws.archiveStore;
    for (int i = 0; i < 5; i++) {
      source.putText(key(i), "[\"" + i + "\"]");
      source.archive(key(i));
    }
    JsonObject waiting = copy(begin("c"));
    assertThat(waiting.text("state")).contains("copying");
    assertThat(waiting.text("open"))
        .contains(
            "It waits until "
                + FakeCloud.NOW.plus(Duration.ofHours(12)).truncatedTo(ChronoUnit.SECONDS)
                + " for 2 chunks (1 MB) that are being restored.");
    assertThat(restoring(source)).containsExactly(0, 1);
    assertThat(copy(CopiedClouds.CONTINUE).get("restoring"))
        .as("asked again it only waits")
        .isEqualTo(waiting.get("restoring"));
    assertThat(restoring(source)).containsExactly(0, 1);

    source.restored(key(0));
    source.restored(key(1));
    assertThat(copy(CopiedClouds.CONTINUE).get("chunks")).hasToString("2");
    assertThat(restoring(source)).as("the next round").containsExactly(2, 3);
    source.restored(key(2));
    source.expired(key(3));
    assertThat(copy(CopiedClouds.CONTINUE).get("chunks")).hasToString("3");
    assertThat(restoring(source)).as("what was not copied in time").containsExactly(3, 4);
    source.restored(key(3));
    source.restored(key(4));
    JsonObject copied = copy(CopiedClouds.CONTINUE);
    assertThat(copied.text("state")).contains("copied");
    assertThat(copied.has("restoring")).isFalse();
    assertThat(copy(verify("c")).text("state")).contains("verified");
    assertThat(clouds.azure.archiveStore.keys()).hasSize(5);
  }

  private static List<Integer> restoring(MemoryObjectStore store) {
    return IntStream.range(0, 5)
        .filter(
            i ->
                store.info(key(i)).orElseThrow().retrieval().state() == ObjectStore.State.RESTORING)
        .boxed()
        .toList();
  }
}
