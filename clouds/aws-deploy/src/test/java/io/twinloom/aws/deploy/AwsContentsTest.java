package io.twinloom.aws.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinloom.aws.store.DynamoHotStore;
import io.twinloom.aws.store.S3ObjectStore;
import io.twinloom.aws.store.S3ObjectStore.Tier;
import io.twinloom.deployer.change.TouchedData.Amount;
import io.twinloom.deployer.cloud.StoreContents;
import io.twinloom.deployer.cloud.StoreContents.Entry;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.json.Json;
import io.twinloom.json.Sha256;
import io.twinloom.model.time.Timestamps;
import io.twinloom.testkit.aws.StandIns;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is in a store on AWS is gone through in one order, and removed from it. */
@Tag("full")
@ExtendWith(StandIns.class)
class AwsContentsTest {

  private static final List<String> DEVICES = List.of("a", "a-b", "a.c", "b", "\u00e4");

  private static final String CHUNK =
      "d/2026-01-01T00:00:00.000000Z-2026-01-02T00:00:00.000000Z/chunk-00001.json";

  @TempDir Path folder;

  private AwsDeployClients clients() {
    return StandInClients.of(
        StandIns.environment(
            Map.of("DYNAMODB", StandIns.dynalite().uri(), "S3", StandIns.moto().uri())),
        folder);
  }

  private static DynamoHotStore table(AwsDeployClients clients) {
    String name = "t" + UUID.randomUUID();
    HotTable.make(clients.dynamoDb.get(), name);
    return new DynamoHotStore(clients.dynamoDb, name);
  }

  private static HotItem item(String device, String time, String event) {
    byte[] json =
        "{\"device_id\":\"%s\",\"timestamp\":\"%s\",\"event_id\":\"%s\"}"
            .formatted(device, time, event)
            .getBytes(StandardCharsets.UTF_8);
    return new HotItem(device, time, event, Json.parseObject(json));
  }

  private static List<String> keys(StoreContents contents, int limit) {
    List<String> keys = new ArrayList<>();
    List<Entry> page = contents.behind("", limit);
    while (!page.isEmpty()) {
      assertThat(page.size()).isLessThanOrEqualTo(limit);
      page.forEach(entry -> keys.add(entry.key()));
      page = contents.behind(page.getLast().key(), limit);
    }
    return keys;
  }

  @Test
  @DisplayName("Items of a table, device by device, with the digest of what is stored")
  void items() {
    try (AwsDeployClients clients = clients()) {
      DynamoHotStore store = table(clients);
      store.note(DEVICES);
      for (String device : DEVICES) {
        for (int i = 0; i < 4; i++) {
          store.put(item(device, "2026-01-01T00:00:00.00000%dZ".formatted(i), "e " + i));
        }
        store.put(item(device, Timestamps.MAX, "last"));
      }
      StoreContents contents = AwsContents.of(Optional.of(store));

      List<String> all = keys(contents, 3);
      assertThat(all).hasSize(25).isSortedAccordingTo(StoreContents.ORDER);
      assertThat(keys(contents, 100)).isEqualTo(all);
      Amount counted = StoredFigures.counted(store);
      assertThat(counted.count()).isEqualTo(25);
      assertThat(counted.oldest()).contains("2026-01-01T00:00:00.000000Z");
      assertThat(counted.newest()).contains(Timestamps.MAX);
      assertThat(contents.behind("a 2026-01-01T00:00:00.000002Z e 2", 1).getFirst().digest().get())
          .isEqualTo(
              Sha256.hex(Json.bytes(item("a", "2026-01-01T00:00:00.000003Z", "e 3").body())));

      contents.remove(all.subList(3, 12));
      List<String> left = new ArrayList<>(all.subList(0, 3));
      left.addAll(all.subList(12, 25));
      assertThat(keys(contents, 4)).isEqualTo(left);
    }
  }

  @Test
  @DisplayName("Chunks of a bucket, with the digests that they were stored with")
  void chunks() {
    try (AwsDeployClients clients = clients()) {
      String bucket = "b" + UUID.randomUUID();
      clients
          .s3
          .get()
          .createBucket(
              r ->
                  r.bucket(bucket)
                      .createBucketConfiguration(c -> c.locationConstraint("eu-central-1")));
      S3ObjectStore store =
          new S3ObjectStore(clients.s3, bucket, Tier.ARCHIVE, InstantSource.system());
      byte[] json = "[1]".getBytes(StandardCharsets.UTF_8);
      Content content = new Content(Sha256.hex(json), json.length);
      for (String key : List.of("d/1.json", "d/2.json", "e/1.json")) {
        store.put(key, json, content);
      }
      store.put(CHUNK, json, content);
      assertThat(StoredFigures.of(store))
          .isEqualTo(
              new Amount(
                  "chunks",
                  4,
                  12,
                  Optional.of("2026-01-01T00:00:00.000000Z"),
                  Optional.of("2026-01-02T00:00:00.000000Z")));
      store.delete(CHUNK);
      StoreContents contents = AwsContents.ofChunks(Optional.of(store));

      assertThat(keys(contents, 2)).containsExactly("d/1.json", "d/2.json", "e/1.json");
      assertThat(contents.behind("", 1).getFirst().digest().get())
          .as("also of what must be restored before it is read")
          .isEqualTo(content.sha256());
      contents.remove(List.of("d/2.json"));
      assertThat(keys(contents, 2)).containsExactly("d/1.json", "e/1.json");
    }
  }

  @Test
  void aStoreThatIsNotThereHoldsNothing() {
    assertThat(keys(AwsContents.of(Optional.empty()), 2)).isEmpty();
    assertThat(keys(AwsContents.ofChunks(Optional.empty()), 2)).isEmpty();
  }
}
