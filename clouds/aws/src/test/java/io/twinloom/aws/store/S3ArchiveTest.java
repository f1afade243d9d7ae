package io.twinloom.aws.store;

import static io.twinloom.testkit.contract.Objects.content;
import static io.twinloom.testkit.contract.Objects.gzip;
import static io.twinloom.testkit.contract.Objects.put;
import static io.twinloom.testkit.contract.Objects.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinloom.aws.client.AwsClients;
import io.twinloom.aws.standin.ProductClients;
import io.twinloom.aws.standin.Tables;
import io.twinloom.aws.store.S3ObjectStore.Tier;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Put;
import io.twinloom.functions.port.ObjectStore.Retrieval;
import io.twinloom.functions.port.ObjectStore.State;
import io.twinloom.functions.port.StoreException;
import io.twinloom.testkit.aws.StandIns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.StorageClass;

/** The archive, whose objects cannot be read before they are restored. */
@Tag("full")
@ExtendWith(StandIns.class)
class S3ArchiveTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.5Z");

  private static AwsClients clients;
  private String coldBucket;
  private String archiveBucket;
  private ObjectStore cold;
  private ObjectStore archive;

  @BeforeAll
  static void connect() {
    clients = ProductClients.of(Map.of("S3", StandIns.moto().uri()));
  }

  @BeforeEach
  void open() {
    coldBucket = Tables.bucket(clients);
    archiveBucket = Tables.bucket(clients);
    InstantSource clock = InstantSource.fixed(NOW);
    cold = new S3ObjectStore(clients.s3(), coldBucket, Tier.COLD, clock);
    archive = new S3ObjectStore(clients.s3(), archiveBucket, Tier.ARCHIVE, clock);
  }

  @Test
  void objectsAreInTheStorageClassOfTheirTier() {
    put(cold, "d/a.json", "[1]");
    assertThat(cold.copyTo(archive, "d/a.json", "d/a.json")).isEqualTo(Put.STORED);
    put(archive, "d/b.json", "[2]");
    assertThat(storageClass(coldBucket, "d/a.json")).isEqualTo(StorageClass.STANDARD_IA);
    assertThat(storageClass(archiveBucket, "d/a.json")).isEqualTo(StorageClass.DEEP_ARCHIVE);
    assertThat(storageClass(archiveBucket, "d/b.json")).isEqualTo(StorageClass.DEEP_ARCHIVE);
  }

  @Test
  void whatIsArchivedIsVouchedForByTheServicesOwnChecksum() {
    put(archive, "d/a.json", "[1.50]");
    assertThat(archive.digest("d/a.json")).contains(content("[1.50]").sha256());
    assertThat(archive.info("d/a.json").orElseThrow().retrieval())
        .isEqualTo(new Retrieval(State.ARCHIVED, Optional.empty()));
    assertThatThrownBy(() -> archive.open("d/a.json")).isInstanceOf(StoreException.class);
  }

  @Test
  void whatIsArchivedGzippedIsVouchedForByWhatWasPacked() {
    put(archive, "d/a.json.gz", "[1.50]");
    assertThat(archive.digest("d/a.json.gz")).contains(content("[1.50]").sha256());
  }

  @Test
  void aCopyIsVouchedForAsTheOriginalWas() {
    put(cold, "d/a.json", "[1.50]");
    put(cold, "d/b.json.gz", "[2.50]");
    cold.copyTo(archive, "d/a.json", "d/a.json");
    cold.copyTo(archive, "d/b.json.gz", "d/b.json.gz");
    assertThat(archive.digest("d/a.json")).contains(content("[1.50]").sha256());
    assertThat(archive.digest("d/b.json.gz")).contains(content("[2.50]").sha256());
  }

  @Test
  void bytesThatAreNotThoseThatWereWrittenAreNotVouchedFor() {
    putDirectly(
        "d/a.json.gz",
        gzip(utf8("[2]")),
        Map.of(
            "twinloom-sha256", content("[1]").sha256(),
            "twinloom-bytes", "3",
            "twinloom-stored-sha256", content("[1]").sha256()));
    assertThatThrownBy(() -> archive.digest("d/a.json.gz")).isInstanceOf(StoreException.class);
    putDirectly(
        "d/a.json",
        utf8("[2]"),
        Map.of("twinloom-sha256", content("[1]").sha256(), "twinloom-bytes", "3"));
    assertThat(archive.digest("d/a.json")).contains(content("[2]").sha256());
  }

  @Test
  void whatSomethingElseHasPutThereIsKnownByItsChecksum() {
    putDirectly("d/a.json", utf8("[7]"), Map.of());
    assertThat(archive.info("d/a.json").orElseThrow().content()).isEqualTo(content("[7]"));
    assertThat(archive.put("d/a.json", utf8("[7]"), content("[7]"))).isEqualTo(Put.SAME);
  }

  @Test
  void anArchivedKeyIsNotOverwritten() {
    put(archive, "d/a.json", "[1]");
    assertThat(archive.put("d/a.json", utf8("[1]"), content("[1]"))).isEqualTo(Put.SAME);
    assertThat(archive.put("d/a.json", utf8("[2]"), content("[2]"))).isEqualTo(Put.OTHER);
  }

  @Test
  void restoringTakesHours() {
    assertThat(archive.restoreTakes()).isEqualTo(Duration.ofHours(12));
    assertThat(cold.restoreTakes()).isZero();
  }

  /** moto restores at once; that S3 says while it goes on is read from the header it documents. */
  @Test
  void whatIsAskedForCanBeReadWhenItIsRestored() {
    put(archive, "d/a.json", "[1]");
    archive.restore("d/a.json");
    archive.restore("d/a.json");
    archive.restore("d/none.json");
    assertThat(archive.info("d/a.json").orElseThrow().retrieval().state())
        .isNotEqualTo(State.ARCHIVED);
    assertThat(
            clients
                .s3()
                .get()
                .getObjectTagging(get -> get.bucket(archiveBucket).key("d/a.json"))
                .tagSet())
        .singleElement()
        .satisfies(tag -> assertThat(tag.value()).isEqualTo("2026-03-01T12:00:00.500000Z"));
  }

  @Test
  void aLargeObjectIsJoinedInBlocksAndVouchedFor() {
    String[] parts = {"[\"" + "a".repeat(6_000_000), "b".repeat(6_000_000) + "\"]"};
    String whole = String.join("", parts);
    for (int i = 0; i < parts.length; i++) {
      archive.keepPart("d/a.json", 2, i + 1, utf8(parts[i]));
    }
    assertThat(archive.join("d/a.json", 2, content(whole))).isEqualTo(Put.STORED);
    assertThat(archive.info("d/a.json").orElseThrow().storedBytes()).isEqualTo(whole.length());
    assertThat(clients.s3().get().listMultipartUploads(l -> l.bucket(archiveBucket)).uploads())
        .isEmpty();
  }

  @Test
  void anUploadThatLosesItsKeyIsAborted() {
    put(archive, "d/a.json", "[1]");
    ObjectParts parts =
        new ObjectParts(new S3Bucket(clients.s3(), archiveBucket), StorageClass.DEEP_ARCHIVE);
    parts.keep("d/a.json", 1, 1, utf8("[2]"));
    assertThat(parts.join("d/a.json", 1, content("[2]"))).isFalse();
    assertThat(clients.s3().get().listMultipartUploads(l -> l.bucket(archiveBucket)).uploads())
        .isEmpty();
    assertThat(archive.digest("d/a.json")).contains(content("[1]").sha256());
  }

  private static void putDirectly(String bucket, String key, byte[] bytes, Map<String, String> m) {
    clients
        .s3()
        .get()
        .putObject(
            put ->
                put.bucket(bucket)
                    .key(key)
                    .storageClass(StorageClass.DEEP_ARCHIVE)
                    .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                    .metadata(m),
            RequestBody.fromBytes(bytes));
  }

  private void putDirectly(String key, byte[] bytes, Map<String, String> metadata) {
    putDirectly(archiveBucket, key, bytes, metadata);
  }

  private static StorageClass storageClass(String bucket, String key) {
    return clients.s3().get().headObject(head -> head.bucket(bucket).key(key)).storageClass();
  }
}
