package io.twinloom.aws.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 in the forms that it is written in: ours are hex, S3's base64. */
final class Sha256 {

  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  /** What S3 calls the checksum of these bytes. */
  static String checksum(byte[] bytes) {
    return Base64.getEncoder().encodeToString(digest().digest(bytes));
  }

  static String toChecksum(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static String toHex(String checksum) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(checksum));
  }
}
