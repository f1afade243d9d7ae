package io.twinloom.aws.store;

import io.twinloom.json.Sha256;
import java.util.Base64;
import java.util.HexFormat;

/** What S3 calls a checksum: a SHA-256 in base64, where ours are in hexadecimal. */
final class Checksum {

  private Checksum() {}

  static String of(byte[] bytes) {
    return Base64.getEncoder().encodeToString(Sha256.of(bytes));
  }

  static String ofHex(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /**
   * @throws IllegalArgumentException if it is none
   */
  static String toHex(String checksum) {
    return HexFormat.of().formatHex(Base64.getDecoder().decode(checksum));
  }
}
