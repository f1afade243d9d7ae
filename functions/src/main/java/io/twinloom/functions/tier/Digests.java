package io.twinloom.functions.tier;

import io.twinloom.functions.port.ObjectStore.Content;
import io.twinloom.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.concurrent.CompletableFuture;

/** The content of what is copied, by whose digest the copy is confirmed. */
final class Digests {

  private static final int BUFFER = 64 * 1024;

  private Digests() {}

  static Content of(byte[] bytes) {
    return of(bytes, bytes.length);
  }

  /** The content of the first bytes, as many as given. */
  static Content of(byte[] bytes, int length) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, length);
    return new Content(Sha256.hex(digest), length);
  }

  /** The content of bytes, while the caller does something else with them. */
  static CompletableFuture<Content> beside(byte[] bytes) {
    return CompletableFuture.supplyAsync(
        () -> of(bytes), task -> Thread.ofVirtual().name("digest").start(task));
  }

  /** The content of a stream, read to its end in pieces. */
  static Content of(InputStream in) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int read; (read = in.read(buffer)) >= 0; ) {
      digest.update(buffer, 0, read);
      size += read;
    }
    return new Content(Sha256.hex(digest), size);
  }
}
