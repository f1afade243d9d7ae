package io.twinloom.functions.tier;

import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.ObjectStore.Content;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;

/** Packs a list while it is made and digested, so that it never stands in memory as a whole. */
final class Packing {

  private static final int BUFFER = 64 * 1024;

  /** What a list of measurements is packed to, or less. */
  private static final int SHARE = 3;

  private final MessageDigest digest = Digests.sha256();
  private final int size;

  /**
   * @param size of the list, in bytes
   */
  Packing(int size) {
    this.size = size;
  }

  /** The list of these items, gzipped. */
  byte[] list(List<StoredItem> items) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(Math.max(64, size / SHARE));
    try (OutputStream list =
        new BufferedOutputStream(new DigestOutputStream(Gzip.packing(packed), digest), BUFFER)) {
      char before = '[';
      for (StoredItem item : items) {
        list.write(before);
        list.write(item.json());
        before = ',';
      }
      list.write(']');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** What the list holds that was made. */
  Content content() {
    return new Content(Digests.hex(digest), size);
  }
}
