package io.twinloom.functions.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.fake.FakeCloud;
import io.twinloom.functions.fake.MemoryObjectStore;
import io.twinloom.functions.fake.Twin;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.settings.TwinInfoSource;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.cloud.KnownClouds;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColdToArchiveMoverTest {
  private static final String TEXT = "[{\"n\":1.50},{\"n\":2}]";

  private final TierClouds local = new TierClouds(false, false, false);
  private final TierClouds remote = new TierClouds(true, true, false);

  private static JsonObject move(TierClouds clouds) {
    return clouds.coldToArchive(Mortal.never(), JsonObject.EMPTY);
  }

  private static String key(String device, int firstAgo, int lastAgo) {
    return new ChunkKey(device, TierClouds.daysAgo(firstAgo), TierClouds.daysAgo(lastAgo), 1, false)
        .text();
  }

  @Test
  void aChunkGoesWhenItsLastItemIsOlderThanBothTiersKeepIt() {
    for (TierClouds clouds : List.of(local, remote)) {
      clouds.cold.coldStore.putText(key("press-1", 60, 38), TEXT);
      clouds.cold.coldStore.putText(key("press-1", 61, 37), "[3]");
      clouds.cold.coldStore.putText(key("press-1", 62, 10), "[4]");
      JsonObject result = move(clouds);
      assertThat(result.get("items")).hasToString("2");
      assertThat(result.get("chunks")).hasToString("1");
      assertThat(result.get("bytes")).hasToString(Integer.toString(TEXT.length()));
      assertThat(result.array("left").orElseThrow()).isEmpty();
      assertThat(clouds.archive.archiveStore.keys()).containsExactly(key("press-1", 60, 38));
      assertThat(clouds.archive.archiveStore.text(key("press-1", 60, 38))).isEqualTo(TEXT);
      assertThat(clouds.cold.coldStore.keys()).hasSize(2);
    }
  }

  @Test
  void withinOneCloudTheStoreItselfCopies() {
    local.cold.coldStore.putText(key("press-1", 60, 38), TEXT);
    Mortal process = Mortal.never();
    local.coldToArchive(process, JsonObject.EMPTY);
    assertThat(process.calls())
        .containsSubsequence("ObjectStore.copyTo", "ObjectStore.digest", "ObjectStore.delete")
        .doesNotContain("RemoteCloud.send");
  }

  @Test
  void whatIsSentSaysAllThatTheContractAsks() {
    remote.cold.coldStore.putText(key("press-1", 60, 38), TEXT);
    remote.coldToArchive(
        Mortal.never(),
        JsonObject.builder().put("trace_id", "3f0e6c1e-0000-4000-8000-000000000009").build());
    var request = remote.requests.getFirst();
    assertThat(request.headers())
        .containsEntry("X-Inter-Cloud-Token", Twin.TOKEN)
        .containsEntry("X-Trace-Id", "3f0e6c1e-0000-4000-8000-000000000009")
        .containsKey("Idempotency-Key");
    assertThat(request.json().members().keySet())
        .containsExactly("object_key", "source_cloud", "sha256", "encoding", "data");
    assertThat(request.json().text("source_cloud")).contains("azure");
    assertThat(request.json().text("encoding")).contains("gzip");
  }

  @Test
  void aChunkThatDoesNotFitIntoABodyGoesInParts() {
    String noise = noise(8_000_000);
    remote.cold.coldStore.putText(key("press-1", 60, 38), noise);
    JsonObject result = move(remote);
    assertThat(result.get("chunks")).hasToString("1");
    assertThat(remote.requests).hasSize(2);
    assertThat(remote.requests)
        .allSatisfy(r -> assertThat(r.body().length).isLessThan(6_291_456 - 32_768));
    assertThat(remote.archive.archiveStore.text(key("press-1", 60, 38))).isEqualTo(noise);
    assertThat(remote.archive.archiveStore.partCount()).isZero();
  }

  @Test
  void aGzippedChunkThatDoesNotFitGoesInSlices() {
    TierClouds clouds = new TierClouds(true, true, true);
    byte[] json = noise(9_000_000).getBytes(StandardCharsets.UTF_8);
    String key = key("press-1", 60, 38) + ".gz";
    clouds.cold.coldStore.put(key, Gzip.pack(json), Digests.of(json));
    assertThat(move(clouds).get("chunks")).hasToString("1");
    assertThat(clouds.requests.size()).isGreaterThan(1);
    assertThat(clouds.archive.archiveStore.digest(key)).contains(Digests.of(json).sha256());
    assertThat(clouds.cold.coldStore.keys()).isEmpty();
  }

  /** Text that hardly packs. */
  private static String noise(int bytes) {
    Random random = new Random(3);
    StringBuilder text = new StringBuilder("[\"");
    while (text.length() < bytes - 2) {
      char c = (char) (' ' + random.nextInt(95));
      text.append(c == '"' || c == '\\' ? 'x' : c);
    }
    return text.append("\"]").toString();
  }

  @Test
  void anObjectAbove200MegabytesGoesInPartsOrStaysWithAWarning() {
    String key = key("press-1", 60, 38);
    FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
    byte[] small = "[1]".getBytes(StandardCharsets.UTF_8);
    // What is known of it says that it is large; no test needs to hold it.
    cloud.coldStore.put(
        key, small, new Content(MemoryObjectStore.sha256(small), 200L * 1024 * 1024 + 1));
    cloud.remote.answers(413);
    JsonObject result = run(cloud);
    assertThat(cloud.remote.requests().getFirst().json().get("is_multipart")).hasToString("true");
    JsonObject left = (JsonObject) result.array("left").orElseThrow().values().getFirst();
    assertThat(left.text("key")).contains(key);
    assertThat(left.text("why").orElseThrow()).contains("200 MB");
    assertThat(cloud.log.messages(Level.WARN)).hasSize(1);
    assertThat(cloud.coldStore.keys()).containsExactly(key);
  }

  @Test
  void anObjectOfExactly200MegabytesIsOneAsAnyOther() {
    String key = key("press-1", 60, 38);
    FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
    byte[] small = "[1]".getBytes(StandardCharsets.UTF_8);
    cloud.coldStore.put(
        key, small, new Content(MemoryObjectStore.sha256(small), 200L * 1024 * 1024));
    cloud.remote.answers(413);
    assertThat(TierClouds.left(run(cloud))).hasSize(1).noneMatch(why -> why.contains("200 MB"));
  }

  @Test
  void aChunkThatCannotBeReadStaysAndTheOthersAreMoved() {
    for (boolean elsewhere : new boolean[] {false, true}) {
      TierClouds clouds = new TierClouds(elsewhere, elsewhere, true);
      byte[] packed = Gzip.pack(TEXT.getBytes(StandardCharsets.UTF_8));
      List<String> keys =
          List.of(key("oven-1", 60, 38), key("oven-2", 60, 38), key("oven-3", 60, 38)).stream()
              .map(key -> key + ".gz")
              .toList();
      for (String key : keys) {
        clouds.cold.coldStore.put(key, packed, Digests.of(TEXT.getBytes(StandardCharsets.UTF_8)));
      }
      clouds.cold.coldStore.damage(keys.get(1), new byte[] {1, 2, 3});
      JsonObject result = move(clouds);
      assertThat(TierClouds.left(result)).hasSize(1);
      assertThat(clouds.cold.coldStore.keys()).containsExactly(keys.get(1));
      assertThat(clouds.archive.archiveStore.keys()).contains(keys.get(0), keys.get(2));
      assertThat(clouds.cold.movePlans.open("plant-cold-to-archive-mover")).isEmpty();
    }
  }

  @Test
  void aCopyThatCannotBeReadKeepsItsChunkAndNotTheOthers() {
    List<String> keys = List.of(key("oven-1", 60, 38) + ".gz", key("oven-2", 60, 38) + ".gz");
    byte[] json = TEXT.getBytes(StandardCharsets.UTF_8);
    for (String key : keys) {
      local.cold.coldStore.put(key, Gzip.pack(json), Digests.of(json));
    }
    local.archive.archiveStore.put(keys.getFirst(), Gzip.pack(json), Digests.of(json));
    local.archive.archiveStore.damage(keys.getFirst(), new byte[] {1, 2, 3});
    assertThat(TierClouds.left(move(local)))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("It cannot be read");
    assertThat(local.cold.coldStore.keys()).containsExactly(keys.getFirst());
  }

  @Test
  void aKeyThatHoldsOtherContentInTheArchiveIsLeftToIt() {
    for (TierClouds clouds : List.of(local, remote)) {
      String key = key("press-1", 60, 38);
      clouds.cold.coldStore.putText(key, TEXT);
      clouds.archive.archiveStore.putText(key, "[\"other\"]");
      assertThat(move(clouds).get("chunks")).hasToString("1");
      assertThat(clouds.archive.archiveStore.text(key)).isEqualTo("[\"other\"]");
      assertThat(clouds.archive.archiveStore.text(key.replace("00001", "00002"))).isEqualTo(TEXT);
    }
  }

  @Test
  void nothingIsDeletedWhoseCopyIsNotConfirmed() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
    String key = key("press-1", 60, 38);
    cloud.coldStore.putText(key, TEXT);
    cloud.remote.answers(200, -1, "{\"archived\":true,\"key\":\"" + key + "\"}");
    assertThat(run(cloud).array("left").orElseThrow()).hasSize(1);
    cloud.remote.answers(200, -1, "{\"archived\":false,\"received\":1}");
    assertThat(run(cloud).array("left").orElseThrow()).hasSize(1);
    assertThat(cloud.coldStore.keys()).containsExactly(key);

    byte[] damaged = "[]".getBytes(StandardCharsets.UTF_8);
    local.cold.coldStore.putText(key, TEXT);
    local.cold.coldStore.damage(key, damaged);
    assertThat(move(local).array("left").orElseThrow()).hasSize(1);
    assertThat(local.cold.coldStore.keys()).containsExactly(key);
  }

  @Test
  void anArchiveThatFailsKeepsTheChunkInTheColdTier() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
    cloud.coldStore.putText(key("press-1", 60, 38), TEXT);
    cloud.remote.answers(500);
    JsonObject result = run(cloud);
    assertThat(cloud.remote.requests()).hasSize(4);
    assertThat(result.text("open")).isPresent();
    assertThat(cloud.coldStore.keys()).hasSize(1);
    assertThat(cloud.movePlans.open("plant-cold-to-archive-mover")).isPresent();
  }

  @Test
  void whatIsNoChunkIsLeftAndSaid() {
    local.cold.coldStore.putText("notes/readme.json", "[]");
    local.cold.coldStore.putText(key("press-1", 60, 38), TEXT);
    JsonObject result = move(local);
    assertThat(result.get("chunks")).hasToString("1");
    assertThat(result.array("left").orElseThrow()).hasSize(1);
    assertThat(local.cold.coldStore.keys()).containsExactly("notes/readme.json");
  }

  @Test
  void aMarkedChunkIsMovedAsAny() {
    for (TierClouds clouds : List.of(local, remote)) {
      clouds.cold.coldStore.putText(key("press-1", 60, 38), TEXT);
      String marked = key(ChunkKey.VERIFY_DEVICE, 0, 0);
      clouds.cold.coldStore.putText(marked, "[{\"_verify\":\"v-1\"}]");
      clouds.coldToArchive(Mortal.never(), JsonObject.builder().put("_verify", "v-1").build());
      assertThat(clouds.archive.archiveStore.keys()).containsExactly(marked);
      assertThat(clouds.cold.coldStore.keys()).containsExactly(key("press-1", 60, 38));
    }
  }

  private static JsonObject run(FakeCloud cloud) {
    return (JsonObject)
        cloud
            .function(
                FunctionKind.COLD_TO_ARCHIVE_MOVER,
                new Twin().tiers("aws", "azure", "google"),
                Map.of(
                    "REMOTE_ARCHIVE_WRITER_URL",
                    TierClouds.ARCHIVE_URL,
                    "INTER_CLOUD_TOKEN",
                    Twin.TOKEN))
            .invoke(JsonObject.EMPTY);
  }

  @Test
  void itGoesRemoteOnlyWhereTheProvidersDiffer() {
    FakeCloud cloud = new FakeCloud(KnownClouds.AZURE);
    String key = key("press-1", 60, 38);
    cloud.coldStore.putText(key, TEXT);
    cloud
        .function(
            FunctionKind.COLD_TO_ARCHIVE_MOVER,
            new Twin().tiers("aws", "azure", "azure"),
            Map.of("REMOTE_ARCHIVE_WRITER_URL", TierClouds.ARCHIVE_URL))
        .invoke(JsonObject.EMPTY);
    assertThat(cloud.remote.requests()).isEmpty();
    assertThat(cloud.archiveStore.keys()).containsExactly(key);
    assertThat(cloud.log.messages(Level.WARN)).hasSize(1);
  }

  @Test
  void withoutItsStoresItDoesNotStart() {
    for (ObjectStore store : List.of(local.hot.coldStore, local.hot.archiveStore)) {
      FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
      if (store == local.hot.coldStore) {
        cloud.remove(cloud.coldStore);
      } else {
        cloud.remove(cloud.archiveStore);
      }
      assertThatThrownBy(
              () -> cloud.function(FunctionKind.COLD_TO_ARCHIVE_MOVER, new Twin(), Map.of()))
          .isInstanceOf(ConfigurationError.class);
    }
    FakeCloud cloud = new FakeCloud(KnownClouds.AWS);
    assertThatThrownBy(
            () ->
                io.twinloom.functions.catalog.FunctionCatalog.create(
                    FunctionKind.COLD_TO_ARCHIVE_MOVER, "m", Map.of(), new TwinInfoSource(), cloud))
        .isInstanceOf(ConfigurationError.class)
        .hasMessageContaining("DIGITAL_TWIN_INFO");
  }
}
