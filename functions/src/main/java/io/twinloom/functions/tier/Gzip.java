package io.twinloom.functions.tier;

import io.twinloom.functions.FunctionsError;
import io.twinloom.functions.error.Refused;
import io.twinloom.functions.port.Deflate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Packs and unpacks chunks.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>
 */
final class Gzip {

  private static final int BUFFER = 64 * 1024;

  /** Deflated, without a time or a name, packed quickly, on no system in particular. */
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  /** What an empty text is packed to. */
  private static final byte[] NOTHING = {3, 0};

  /** What a list of measurements is packed to, or less. */
  private static final int SHARE = 3;

  private static final Deflate DEFLATE = Deflate.quickest();

  private Gzip() {}

  static byte[] pack(byte[] bytes) {
    return pack(bytes, bytes.length);
  }

  /** Packs the first bytes, as many as given. */
  static byte[] pack(byte[] bytes, int length) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(Math.max(64, length / SHARE));
    packed.writeBytes(HEADER);
    if (length == 0) {
      packed.writeBytes(NOTHING);
    } else {
      DEFLATE.pack(bytes, length, packed);
    }
    CRC32 checksum = new CRC32();
    checksum.update(bytes, 0, length);
    packed.writeBytes(
        ByteBuffer.allocate(2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) checksum.getValue())
            .putInt(length)
            .array());
    return packed.toByteArray();
  }

  /**
   * Unpacks what came from outside.
   *
   * @throws Refused as too large, where it is more than {@code limit} bytes; as bad, where it is
   *     not gzipped
   */
  static byte[] unpack(byte[] packed, int limit) {
    try (InputStream in = open(new ByteArrayInputStream(packed))) {
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
      throw Refused.of(
          FunctionsError.CHUNK,
          "The body's content is not gzipped, or something else follows it.",
          "Send what gzip makes.");
    }
  }

  /**
   * Unpacks a stream while it is read; reading fails with a {@link java.util.zip.ZipException}
   * where it is not gzip to its end.
   */
  static InputStream open(InputStream packed) throws IOException {
    return new StrictGzipStream(packed, BUFFER);
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
