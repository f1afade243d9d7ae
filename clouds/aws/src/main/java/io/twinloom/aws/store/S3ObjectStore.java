package io.twinloom.aws.store;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Sha256;
import io.twinloom.model.error.NetworkFailure;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * The objects of one tier in a bucket. What an object holds is in its metadata; the SHA-256 of its
 * stored bytes is S3's own checksum of it, which S3 compares when they come and keeps.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">S3
 *     conditional writes</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">S3
 *     checksums</a>
 */
public final class S3ObjectStore implements ObjectStore {

  /** What the objects of a tier are like. */
  public enum Tier {
    /** Rarely read, and readable at once. */
    COLD(StorageClass.STANDARD_IA, Duration.ZERO),
    /** To be restored before it is read: within twelve hours, as S3 says of the standard way. */
    ARCHIVE(StorageClass.DEEP_ARCHIVE, Duration.ofHours(12));

    private final StorageClass storageClass;
    private final Duration restoring;

    Tier(StorageClass storageClass, Duration restoring) {
      this.storageClass = storageClass;
      this.restoring = restoring;
    }

    StorageClass storageClass() {
      return storageClass;
    }
  }

  private static final int MAX_PAGE = 1_000;
  private static final int BUFFER = 64 * 1024;

  private final S3Bucket bucket;
  private final Tier tier;
  private final ObjectParts parts;
  private final InstantSource clock;

  /**
   * @param clock for when restoring was asked for, which S3 does not tell
   */
  public S3ObjectStore(Supplier<S3Client> client, String bucket, Tier tier, InstantSource clock) {
    this.bucket = new S3Bucket(client, bucket);
    this.tier = tier;
    this.parts = new ObjectParts(this.bucket, tier.storageClass());
    this.clock = clock;
  }

  private static void check(String key) {
    if (!ObjectStore.isKey(key)) {
      throw new IllegalArgumentException("not a key");
    }
  }

  @Override
  public Put put(String key, byte[] stored, Content content) {
    check(key);
    String checksum = Checksum.of(stored);
    while (true) {
      if (bucket.put(key, stored, checksum, known(key, content, checksum), tier.storageClass())) {
        return Put.STORED;
      }
      Optional<Put> held = compared(key, content);
      if (held.isPresent()) {
        return held.get();
      }
      // The one that had the key has left it meanwhile.
    }
  }

  private static ObjectMetadata known(String key, Content content, String checksum) {
    return new ObjectMetadata(
        content,
        key.endsWith(GZIPPED) ? Optional.of(Checksum.toHex(checksum)) : Optional.empty(),
        Optional.empty());
  }

  /** What a key that is taken holds, beside this content; empty where it is free. */
  private Optional<Put> compared(String key, Content content) {
    return info(key)
        .map(there -> there.content().sha256().equals(content.sha256()) ? Put.SAME : Put.OTHER);
  }

  @Override
  public Optional<Info> info(String key) {
    check(key);
    Optional<HeadObjectResponse> head = bucket.head(key);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    Retrieval retrieval = retrieval(key, head.get());
    Content content =
        ObjectMetadata.of(head.get().metadata())
            .map(ObjectMetadata::content)
            .orElseGet(() -> foreign(key, head.get(), retrieval));
    return Optional.of(new Info(key, content, head.get().contentLength(), retrieval));
  }

  /** What an object holds that something else has put there. */
  private Content foreign(String key, HeadObjectResponse head, Retrieval retrieval) {
    if (retrieval.state() == State.READABLE) {
      return read(key)
          .orElseThrow(() -> failed("The object has gone while it was read", key, "gone"));
    }
    String digest =
        Optional.ofNullable(head.checksumSHA256())
            .filter(checksum -> !key.endsWith(GZIPPED) && !checksum.contains("-"))
            .map(Checksum::toHex)
            .orElseThrow(() -> failed("What the object holds is not known", key, "archived"));
    return new Content(digest, head.contentLength());
  }

  private Optional<Content> read(String key) {
    Optional<InputStream> stored = bucket.open(key);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    MessageDigest digest = Sha256.digest();
    long bytes = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream file = stored.get();
        InputStream in = key.endsWith(GZIPPED) ? new GZIPInputStream(file, BUFFER) : file) {
      for (int read; (read = in.read(buffer)) >= 0; ) {
        digest.update(buffer, 0, read);
        bytes += read;
      }
    } catch (IOException e) {
      throw new StoreException(
          "The object cannot be read: "
              + (e instanceof ZipException ? "it is not valid gzip" : NetworkFailure.reason(e)),
          bucket.place(key),
          e);
    }
    return Optional.of(new Content(Sha256.hex(digest), bytes));
  }

  @Override
  public Optional<String> digest(String key) {
    check(key);
    Optional<HeadObjectResponse> head = bucket.head(key);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    return retrieval(key, head.get()).state() == State.READABLE
        ? read(key).map(Content::sha256)
        : Optional.of(vouchedFor(key, head.get()));
  }

  /**
   * The digest of an object that cannot be read: S3's checksum of the bytes it keeps tells whether
   * they are those that were written; what these hold is known from then.
   */
  private String vouchedFor(String key, HeadObjectResponse head) {
    String checksum = Optional.ofNullable(head.checksumSHA256()).orElse("");
    Optional<ObjectMetadata> known =
        ObjectMetadata.of(head.metadata()).filter(metadata -> metadata.isOf(checksum));
    if (known.isPresent()) {
      return known.get().content().sha256();
    }
    if (!checksum.isEmpty() && !checksum.contains("-") && !key.endsWith(GZIPPED)) {
      return Checksum.toHex(checksum);
    }
    throw failed("S3 does not vouch for the object", key, "no checksum that fits");
  }

  private Retrieval retrieval(String key, HeadObjectResponse head) {
    boolean archived =
        switch (head.storageClass()) {
          case GLACIER, DEEP_ARCHIVE -> true;
          case null, default -> false;
        };
    String restore = Optional.ofNullable(head.restore()).orElse("");
    if (!archived || restore.contains("ongoing-request=\"false\"")) {
      return Retrieval.READABLE;
    }
    return restore.contains("ongoing-request=\"true\"")
        ? new Retrieval(State.RESTORING, bucket.restoreAsked(key))
        : new Retrieval(State.ARCHIVED, Optional.empty());
  }

  @Override
  public Page list(String prefix, String after, int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("limit " + limit + " is not 1 to " + MAX_PAGE);
    }
    return bucket.list(prefix, after, limit);
  }

  @Override
  public Optional<InputStream> open(String key) {
    check(key);
    return bucket.open(key);
  }

  @Override
  public void delete(String key) {
    check(key);
    bucket.delete(key);
  }

  @Override
  public Put copyTo(ObjectStore target, String key, String as) {
    check(key);
    check(as);
    if (!(target instanceof S3ObjectStore other)) {
      throw new IllegalArgumentException("not a store of this cloud: " + target);
    }
    Content content =
        info(key)
            .map(Info::content)
            .orElseThrow(() -> failed("There is no such object", key, "missing"));
    while (true) {
      // The condition of a copy is younger than that of a write: where it is not known yet, what
      // is there is still seen before.
      Optional<Put> held = other.compared(as, content);
      if (held.isPresent()) {
        return held.get();
      }
      if (bucket.copy(key, other.bucket, as, other.tier.storageClass())) {
        return Put.STORED;
      }
    }
  }

  @Override
  public int keepPart(String key, int total, int number, byte[] part) {
    check(key);
    if (number < 1 || number > total) {
      throw new IllegalArgumentException("part " + number + " of " + total);
    }
    return parts.keep(key, total, number, part);
  }

  @Override
  public InputStream openParts(String key, int total) {
    check(key);
    return parts.open(key, total);
  }

  @Override
  public Put join(String key, int total, Content content) {
    check(key);
    Optional<Put> held = compared(key, content);
    if (held.isPresent()) {
      return held.get();
    }
    if (parts.join(key, total, content)) {
      return Put.STORED;
    }
    return compared(key, content)
        .orElseThrow(() -> failed("The key was taken and left meanwhile", key, "raced"));
  }

  @Override
  public void dropParts(String key, int total) {
    check(key);
    parts.drop(key, total);
  }

  @Override
  public void restore(String key) {
    check(key);
    Optional<HeadObjectResponse> head = bucket.head(key);
    if (head.isPresent() && retrieval(key, head.get()).state() == State.ARCHIVED) {
      Instant now = clock.instant();
      bucket.restore(key);
      bucket.noteRestore(key, now);
    }
  }

  @Override
  public Duration restoreTakes() {
    return tier.restoring;
  }

  private StoreException failed(String what, String key, String why) {
    return new StoreException(what + ".", bucket.place(key), SdkException.create(why, null));
  }
}
