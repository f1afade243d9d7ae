package io.twinloom.packaging.bundle;

import io.twinloom.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/** A SHA-256 of several parts, each with its length, so that no two lists of parts are alike. */
final class Fingerprint {
  private final MessageDigest digest = Sha256.digest();

  Fingerprint add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  Fingerprint add(byte[] bytes) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  Fingerprint add(Map<String, byte[]> files) {
    add(Integer.toString(files.size()));
    files.forEach((path, content) -> add(path).add(content));
    return this;
  }

  String hex() {
    return Sha256.hex(digest);
  }

  /** The SHA-256 of a file's bytes, in hexadecimal. */
  static String ofFile(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read; (read = in.read(buffer)) > 0; ) {
        digest.update(buffer, 0, read);
      }
    }
    return Sha256.hex(digest);
  }
}
