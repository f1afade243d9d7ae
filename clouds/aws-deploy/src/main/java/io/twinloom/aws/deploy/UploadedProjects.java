package io.twinloom.aws.deploy;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The archives of deployed versions of the project, in the bucket of packages. */
final class UploadedProjects {

  private UploadedProjects() {}

  /** As {@code terraform/aws/packages.tf} names it. */
  static Optional<byte[]> read(Supplier<S3Client> s3, String bucket, String digest) {
    String key = "projects/" + digest + ".zip";
    return AwsFailures.asking(
        "The deployed project cannot be read",
        bucket + "/" + key,
        () -> {
          try {
            return Optional.of(
                s3.get().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray());
          } catch (NoSuchKeyException | NoSuchBucketException e) {
            return Optional.empty();
          }
        });
  }
}
