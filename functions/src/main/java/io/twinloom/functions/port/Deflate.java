package io.twinloom.functions.port;

import java.io.ByteArrayOutputStream;
import java.util.ServiceLoader;

/**
 * Packs with DEFLATE, as quickly as the target can; what comes out differs between targets, what it
 * unpacks to does not. Found by {@link ServiceLoader}, since it is of the machine and not of a
 * function; without any, Java's own packs. Every method may be called by any thread.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951">RFC 1951</a>
 */
public interface Deflate {

  /** Whether it runs on this machine; asked once, before anything else. */
  boolean isAvailable();

  /**
   * Writes bytes as one raw stream to its end.
   *
   * @param length so many of the bytes, from the first on; at least one
   */
  void pack(byte[] bytes, int length, ByteArrayOutputStream to);

  /** The first that runs here, else Java's own. */
  static Deflate quickest() {
    for (Deflate deflate : ServiceLoader.load(Deflate.class, Deflate.class.getClassLoader())) {
      if (deflate.isAvailable()) {
        return deflate;
      }
    }
    return new ZipDeflate();
  }
}
