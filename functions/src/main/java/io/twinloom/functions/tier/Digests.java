package io.twinloom.functions.tier;

import io.twinloom.functions.port.ObjectStore.Content;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, by which copies are confirmed. */
final class Digests {

  private static final int BUFFER = 64 * 1024;

  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  static Content of(byte[] bytes) {
    MessageDigest digest = sha256();
    digest.update(bytes);
    return new Content(hex(digest), bytes.length);
  }

  /** The content of a stream, read to its end in pieces. */
  static Content of(InputStream in) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read; (read = in.read(buffer)) >= 0; ) {
      digest.update(buffer, 0, read);
      size += read;
    }
    return new Content(hex(digest), size);
  }
}
