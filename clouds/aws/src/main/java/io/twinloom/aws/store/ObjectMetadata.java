package io.twinloom.aws.store;

import io.twinloom.functions.port.ObjectStore.Content;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept with an object of what it holds.
 *
 * @param content what it holds, unpacked where it is stored gzipped
 * @param storedSha256 of the bytes as they are stored, where those are not what it holds
 * @param composite S3's checksum where the object was written in parts: over those of its parts
 */
record ObjectMetadata(Content content, Optional<String> storedSha256, Optional<String> composite) {
  private static final String SHA256 = "twinloom-sha256";
  private static final String BYTES = "twinloom-bytes";
  private static final String STORED = "twinloom-stored-sha256";
  private static final String COMPOSITE = "twinloom-composite";

  /** Reads it; empty where the object was put there by something else. */
  static Optional<ObjectMetadata> of(Map<String, String> metadata) {
    String sha256 = metadata.get(SHA256);
    String bytes = metadata.get(BYTES);
    if (sha256 == null
        || !sha256.matches("[0-9a-f]{64}")
        || bytes == null
        || !bytes.matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectMetadata(
            new Content(sha256, Long.parseLong(bytes)),
            Optional.ofNullable(metadata.get(STORED)),
            Optional.ofNullable(metadata.get(COMPOSITE))));
  }

  Map<String, String> toMap() {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(SHA256, content.sha256());
    metadata.put(BYTES, Long.toString(content.bytes()));
    storedSha256.ifPresent(sha256 -> metadata.put(STORED, sha256));
    composite.ifPresent(checksum -> metadata.put(COMPOSITE, checksum));
    return metadata;
  }

  /** Whether an object of which S3 says this checksum holds the bytes that were written. */
  boolean isOf(String checksum) {
    return composite.filter(checksum::equals).isPresent()
        || checksum.equals(Checksum.ofHex(storedSha256.orElse(content.sha256())));
  }
}
