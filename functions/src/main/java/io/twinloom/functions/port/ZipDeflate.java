package io.twinloom.functions.port;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/** Java's own, at its quickest level: the others take three times as long for a tenth less. */
final class ZipDeflate implements Deflate {

  private static final int BUFFER = 64 * 1024;

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public void pack(byte[] bytes, ByteArrayOutputStream to) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] part = new byte[Math.min(BUFFER, bytes.length + 64)];
      while (!deflater.finished()) {
        to.write(part, 0, deflater.deflate(part));
      }
    } finally {
      deflater.end();
    }
  }
}
