package io.twinloom.aws.store;

import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.port.ObjectStore.Entry;
import io.twinloom.functions.port.ObjectStore.Page;
import io.twinloom.model.time.Timestamps;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.RestoreObjectRequest;
import software.amazon.awssdk.services.s3.model.RestoreRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;

/** The requests to one bucket, with S3's errors as what they mean. */
final class S3Bucket {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final String JSON = "application/json";
  private static final String FREE = "*";
  private static final String RESTORE_ASKED = "twinloom-restore-asked";

  /** How often a write is tried that collides with others of its key, as S3 asks to. */
  private static final int COLLISIONS = 5;

  /** A restored copy can be read for so many days. */
  private static final int RESTORED_DAYS = 7;

  private final Supplier<S3Client> client;
  private final String name;

  S3Bucket(Supplier<S3Client> client, String name) {
    this.client = client;
    this.name = name;
  }

  S3Client client() {
    return client.get();
  }

  String name() {
    return name;
  }

  /** An object as an error names it. */
  String place(String key) {
    return "s3://" + name + "/" + key;
  }

  /** Writes an object if its key is free; tells whether it was. */
  boolean put(
      String key,
      byte[] stored,
      String checksum,
      ObjectMetadata metadata,
      StorageClass storageClass) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(name)
            .key(key)
            .ifNoneMatch(FREE)
            .contentType(JSON)
            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
            .checksumSHA256(checksum)
            .storageClass(storageClass)
            .metadata(metadata.toMap())
            .build();
    return ifFree(
        key, () -> client.get().putObject(request, RequestBody.fromBytes(stored)), COLLISIONS);
  }

  /** Has S3 copy an object if its new key is free; tells whether it was. */
  boolean copy(String key, S3Bucket target, String as, StorageClass storageClass) {
    CopyObjectRequest request =
        CopyObjectRequest.builder()
            .sourceBucket(name)
            .sourceKey(key)
            .destinationBucket(target.name)
            .destinationKey(as)
            .storageClass(storageClass)
            .metadataDirective(MetadataDirective.COPY)
            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
            .overrideConfiguration(
                AwsRequestOverrideConfiguration.builder().putHeader("If-None-Match", FREE).build())
            .build();
    return target.ifFree(as, () -> client.get().copyObject(request), COLLISIONS);
  }

  /** Runs a write that is under the condition that its key is free; tells whether it was. */
  boolean ifFree(String key, Supplier<?> write, int tries) {
    for (int left = tries; ; left--) {
      try {
        var unused = write.get();
        return true;
      } catch (S3Exception e) {
        if (e.statusCode() == PRECONDITION_FAILED) {
          return false;
        }
        if (e.statusCode() != CONFLICT || left <= 1) {
          throw Failures.of("The object was not written", place(key), e);
        }
      } catch (SdkException e) {
        throw Failures.of("The object was not written", place(key), e);
      }
    }
  }

  Optional<HeadObjectResponse> head(String key) {
    try {
      return Optional.of(
          client
              .get()
              .headObject(
                  HeadObjectRequest.builder()
                      .bucket(name)
                      .key(key)
                      .checksumMode(ChecksumMode.ENABLED)
                      .build()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw Failures.of("The object cannot be found", place(key), e);
    } catch (SdkException e) {
      throw Failures.of("The object cannot be found", place(key), e);
    }
  }

  Optional<InputStream> open(String key) {
    try {
      return Optional.of(
          client.get().getObject(GetObjectRequest.builder().bucket(name).key(key).build()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw Failures.of("The object cannot be read", place(key), e);
    } catch (SdkException e) {
      throw Failures.of("The object cannot be read", place(key), e);
    }
  }

  void delete(String key) {
    try {
      client.get().deleteObject(DeleteObjectRequest.builder().bucket(name).key(key).build());
    } catch (SdkException e) {
      throw Failures.of("The object was not deleted", place(key), e);
    }
  }

  /** The objects with keys, without what is kept aside under names that no key has. */
  Page list(String prefix, String after, int limit) {
    List<Entry> entries = new ArrayList<>();
    String behind = after;
    while (true) {
      ListObjectsV2Response page = listed(prefix, behind, limit + 1);
      for (S3Object one : page.contents()) {
        behind = one.key();
        if (ObjectStore.isKey(behind)) {
          if (entries.size() == limit) {
            return new Page(entries, true);
          }
          entries.add(new Entry(behind, one.size()));
        }
      }
      if (!Boolean.TRUE.equals(page.isTruncated())) {
        return new Page(entries, false);
      }
    }
  }

  /** One of S3's own pages, of whatever is there. */
  ListObjectsV2Response listed(String prefix, String after, int limit) {
    ListObjectsV2Request.Builder request =
        ListObjectsV2Request.builder()
            .bucket(name)
            .prefix(prefix)
            .maxKeys(limit)
            .encodingType(EncodingType.URL);
    if (!after.isEmpty()) {
      request.startAfter(after);
    }
    try {
      return client.get().listObjectsV2(request.build());
    } catch (SdkException e) {
      throw Failures.of("The objects cannot be listed", place(prefix), e);
    }
  }

  /** Asks for an archived object; does nothing where that was asked already. */
  void restore(String key) {
    try {
      client
          .get()
          .restoreObject(
              RestoreObjectRequest.builder()
                  .bucket(name)
                  .key(key)
                  .restoreRequest(RestoreRequest.builder().days(RESTORED_DAYS).build())
                  .build());
    } catch (S3Exception e) {
      if (e.statusCode() != CONFLICT) {
        throw Failures.of("The object is not being restored", place(key), e);
      }
    } catch (SdkException e) {
      throw Failures.of("The object is not being restored", place(key), e);
    }
  }

  /** Keeps when restoring was asked for, in a tag: metadata cannot be changed. */
  void noteRestore(String key, Instant now) {
    Tag tag = Tag.builder().key(RESTORE_ASKED).value(Timestamps.of(now)).build();
    try {
      client
          .get()
          .putObjectTagging(
              PutObjectTaggingRequest.builder()
                  .bucket(name)
                  .key(key)
                  .tagging(Tagging.builder().tagSet(tag).build())
                  .build());
    } catch (SdkException e) {
      throw Failures.of("When restoring was asked for cannot be kept", place(key), e);
    }
  }

  Optional<Instant> restoreAsked(String key) {
    try {
      return client
          .get()
          .getObjectTagging(GetObjectTaggingRequest.builder().bucket(name).key(key).build())
          .tagSet()
          .stream()
          .filter(tag -> tag.key().equals(RESTORE_ASKED))
          .map(tag -> Instant.parse(tag.value()))
          .findFirst();
    } catch (SdkException e) {
      throw Failures.of("When restoring was asked for cannot be read", place(key), e);
    }
  }
}
