package io.twinloom.server.http;

import io.twinloom.http.RequestHead;
import io.twinloom.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Answers with gzip, for who takes it. Streams, problems and what is compressed already are left as
 * they are. No answer that is compressed holds a secret, so that its length tells none (BREACH):
 * tokens, keys and credentials are in none but archives.
 */
final class Compression {

  /** Below this, an answer is one packet either way. */
  private static final int LEAST_BYTES = 1_400;

  private static final Set<String> TYPES =
      Set.of(
          "application/json",
          "application/openmetrics-text",
          "image/svg+xml",
          "text/css",
          "text/html",
          "text/javascript",
          "text/plain");

  private Compression() {}

  /** The answer to a request, compressed where its sender takes that and it is worth it. */
  static Response of(RequestHead head, Response response) {
    if (response.file().isPresent()
        || response.stream().isPresent()
        || response.headers().containsKey("Content-Encoding")
        || !isCompressible(response.contentType(), response.body().length)) {
      return response;
    }
    Response varying = response.with("Vary", "Accept-Encoding");
    return isTaken(head)
        ? new Response(
                response.status(), response.contentType(), gzip(response.body()), varying.headers())
            .with("Content-Encoding", "gzip")
        : varying;
  }

  /** Whether content of this type and size is worth it. */
  static boolean isCompressible(String contentType, int bytes) {
    String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    return bytes >= LEAST_BYTES && TYPES.contains(type);
  }

  /** Whether a request says that its sender takes gzip. */
  static boolean isTaken(RequestHead head) {
    boolean any = false;
    for (String coding : head.headers().getOrDefault("accept-encoding", "").split(",", -1)) {
      String[] parts = coding.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
      boolean refused = parts.length > 1 && parts[1].matches("q\\s*=\\s*0(\\.0*)?");
      if (parts[0].equals("gzip") || parts[0].equals("x-gzip")) {
        return !refused;
      }
      any |= parts[0].equals("*") && !refused;
    }
    return any;
  }

  /** Bytes as gzip has them. */
  static byte[] gzip(byte[] bytes) {
    return gzip(bytes, Deflater.DEFAULT_COMPRESSION);
  }

  /** The same for what is compressed once and sent often. */
  static byte[] gzipOnce(byte[] bytes) {
    return gzip(bytes, Deflater.BEST_COMPRESSION);
  }

  private static byte[] gzip(byte[] bytes, int level) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3 + 64);
    try (GZIPOutputStream gzip = new Leveled(packed, level)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** The platform's own stream has no level to set. */
  private static final class Leveled extends GZIPOutputStream {

    private static final int BUFFER = 8_192;

    Leveled(OutputStream out, int level) throws IOException {
      super(out, BUFFER);
      def.setLevel(level);
    }
  }
}
