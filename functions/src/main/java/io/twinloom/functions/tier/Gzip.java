package io.twinloom.functions.tier;

import io.twinloom.functions.Refused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
    try (OutputStream gzip = new Quick(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
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
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw Refused.tooLarge(
            "The body's content has more than " + limit + " bytes, unpacked.",
            "Send less at once.");
      }
      return bytes;
    } catch (IOException e) {
      throw Refused.bad("TL-CHUNK", "The body's content is not gzipped.", "Send what gzip makes.");
    }
  }
}
