package io.twinloom.functions.tier;

import io.twinloom.functions.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Packs and unpacks chunks. */
final class Gzip {

  private static final int BUFFER = 64 * 1024;

  private Gzip() {}

  /** Packs at the quickest level: the others take three times as long for a tenth less. */
  static byte[] pack(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(Math.max(64, bytes.length / 3));
    try (OutputStream gzip = packing(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** Packs what is written, to a stream that it closes. */
  static OutputStream packing(OutputStream packed) throws IOException {
    return new Quick(packed);
  }

  private static final class Quick extends GZIPOutputStream {
    Quick(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * Unpacks what came from outside.
   *
   * @throws Refused as too large, where it is more than {@code limit} bytes; as bad, where it is
   *     not gzipped
   */
  static byte[] unpack(byte[] packed, int limit) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER)) {
      byte[] bytes = new byte[Math.min(announced(packed), limit)];
      int read = in.readNBytes(bytes, 0, bytes.length);
      byte[] more = in.readNBytes(limit - read + 1);
      if (read + more.length > limit) {
        throw Refused.tooLarge(
            "The body's content has more than " + limit + " bytes, unpacked.",
            "Send less at once.");
      }
      if (read == bytes.length && more.length == 0) {
        return bytes;
      }
      byte[] all = Arrays.copyOf(bytes, read + more.length);
      System.arraycopy(more, 0, all, read, more.length);
      return all;
    } catch (IOException e) {
      throw Refused.bad("TL-CHUNK", "The body's content is not gzipped.", "Send what gzip makes.");
    }
  }

  /** What the last four bytes say of the size; of several parts in one it is that of the last. */
  private static int announced(byte[] packed) {
    if (packed.length < Integer.BYTES) {
      return 0;
    }
    int size =
        ByteBuffer.wrap(packed)
            .order(ByteOrder.LITTLE_ENDIAN)
            .getInt(packed.length - Integer.BYTES);
    return Math.max(0, size);
  }
}
