package io.twinloom.aws.store;

import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.functions.port.StoreException;
import io.twinloom.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Enumeration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * Parts of objects, kept aside as objects of their own under {@link #PREFIX}, which no key can
 * begin with since a name in it is empty; and their joining, which holds one block at a time.
 */
final class ObjectParts {

  /** What the parts' own keys begin with. */
  static final String PREFIX = "~parts//";

  /** S3 takes blocks from 5 MiB, and at most 10,000 of them. */
  static final int BLOCK = 8 * 1024 * 1024;

  private static final int PAGE = 1_000;

  private final S3Bucket bucket;
  private final StorageClass storageClass;

  ObjectParts(S3Bucket bucket, StorageClass storageClass) {
    this.bucket = bucket;
    this.storageClass = storageClass;
  }

  /** The key of an object may be as long as S3 allows: its parts are under its digest. */
  private static String prefix(String key, int total) {
    return PREFIX + Sha256.hex(key) + "/" + total + "/";
  }

  int keep(String key, int total, int number, byte[] part) {
    String prefix = prefix(key, total);
    try {
      bucket
          .client()
          .putObject(
              PutObjectRequest.builder()
                  .bucket(bucket.name())
                  .key(prefix + number)
                  .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                  .checksumSHA256(Checksum.of(part))
                  .build(),
              RequestBody.fromBytes(part));
    } catch (SdkException e) {
      throw Failures.of("The part was not written", bucket.place(key), e);
    }
    return kept(prefix).size();
  }

  private List<String> kept(String prefix) {
    List<String> keys = new ArrayList<>();
    String after = "";
    boolean more = true;
    while (more) {
      ListObjectsV2Response page = bucket.listed(prefix, after, PAGE);
      for (S3Object one : page.contents()) {
        keys.add(one.key());
        after = one.key();
      }
      more = Boolean.TRUE.equals(page.isTruncated());
    }
    return keys;
  }

  InputStream open(String key, int total) {
    String prefix = prefix(key, total);
    if (kept(prefix).size() < total) {
      throw failed("Parts of the object are missing", key, new IOException("incomplete"));
    }
    return new SequenceInputStream(
        new Enumeration<>() {
          private int number = 1;

          @Override
          public boolean hasMoreElements() {
            return number <= total;
          }

          @Override
          public InputStream nextElement() {
            if (number > total) {
              throw new NoSuchElementException();
            }
            return bucket
                .open(prefix + number++)
                .orElseThrow(() -> failed("A part has gone", key, new IOException("incomplete")));
          }
        });
  }

  void drop(String key, int total) {
    for (String part : kept(prefix(key, total))) {
      bucket.delete(part);
    }
  }

  /**
   * Joins the parts if the object's key is free; tells whether it was. They are read twice: what S3
   * will say of the whole must be in its metadata before the first block is sent.
   */
  boolean join(String key, int total, Content content) {
    ObjectMetadata metadata = read(key, total, content);
    String upload = begin(key, metadata);
    boolean joined = false;
    try {
      List<CompletedPart> blocks = send(key, total, upload);
      CompleteMultipartUploadRequest request =
          CompleteMultipartUploadRequest.builder()
              .bucket(bucket.name())
              .key(key)
              .uploadId(upload)
              .ifNoneMatch("*")
              .multipartUpload(CompletedMultipartUpload.builder().parts(blocks).build())
              .build();
      joined = bucket.ifFree(key, () -> bucket.client().completeMultipartUpload(request), 1);
      return joined;
    } catch (SdkException e) {
      throw Failures.of("The parts were not joined", bucket.place(key), e);
    } finally {
      if (!joined) {
        abort(key, upload);
      }
    }
  }

  private ObjectMetadata read(String key, int total, Content content) {
    MessageDigest whole = Sha256.digest();
    MessageDigest composite = Sha256.digest();
    int blocks = 0;
    try (InputStream parts = open(key, total)) {
      for (byte[] block; (block = parts.readNBytes(BLOCK)).length > 0; blocks++) {
        whole.update(block);
        composite.update(Sha256.of(block));
      }
    } catch (IOException e) {
      throw failed("The parts cannot be read", key, e);
    }
    return new ObjectMetadata(
        content,
        Optional.of(Sha256.hex(whole)),
        Optional.of(Base64.getEncoder().encodeToString(composite.digest()) + "-" + blocks));
  }

  private String begin(String key, ObjectMetadata metadata) {
    try {
      return bucket
          .client()
          .createMultipartUpload(
              CreateMultipartUploadRequest.builder()
                  .bucket(bucket.name())
                  .key(key)
                  .contentType("application/json")
                  .storageClass(storageClass)
                  .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                  .metadata(metadata.toMap())
                  .build())
          .uploadId();
    } catch (SdkException e) {
      throw Failures.of("The parts were not joined", bucket.place(key), e);
    }
  }

  private List<CompletedPart> send(String key, int total, String upload) {
    List<CompletedPart> blocks = new ArrayList<>();
    try (InputStream parts = open(key, total)) {
      for (byte[] block; (block = parts.readNBytes(BLOCK)).length > 0; ) {
        int number = blocks.size() + 1;
        String checksum = Checksum.of(block);
        String tag =
            bucket
                .client()
                .uploadPart(
                    UploadPartRequest.builder()
                        .bucket(bucket.name())
                        .key(key)
                        .uploadId(upload)
                        .partNumber(number)
                        .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                        .checksumSHA256(checksum)
                        .build(),
                    RequestBody.fromBytes(block))
                .eTag();
        blocks.add(
            CompletedPart.builder().partNumber(number).eTag(tag).checksumSHA256(checksum).build());
      }
    } catch (IOException e) {
      throw failed("The parts cannot be read", key, e);
    }
    return blocks;
  }

  /** What cannot be aborted is removed by the bucket's own rule for uploads that do not end. */
  private void abort(String key, String upload) {
    try {
      bucket
          .client()
          .abortMultipartUpload(
              AbortMultipartUploadRequest.builder()
                  .bucket(bucket.name())
                  .key(key)
                  .uploadId(upload)
                  .build());
    } catch (SdkException e) {
      return;
    }
  }

  private StoreException failed(String what, String key, IOException e) {
    return new StoreException(what + ".", bucket.place(key), e);
  }
}
