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
  public void pack(byte[] bytes, int length, ByteArrayOutputStream to) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(bytes, 0, length);
      deflater.finish();
      byte[] part = new byte[Math.min(BUFFER, length + 64)];
      while (!deflater.finished()) {
        to.write(part, 0, deflater.deflate(part));
      }
    } finally {
      deflater.end();
    }
  }
}
