package io.twinloom.json;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in memory whose number is about known before: they are not copied from place to place. */
final class SizedOutput extends OutputStream {

  /** What a text has besides what its number was known of. */
  static final int SPARE = 512;

  private byte[] buffer;
  private int count;

  SizedOutput(int about) {
    this.buffer = new byte[about + SPARE];
  }

  @Override
  public void write(int value) {
    makeRoom(1);
    buffer[count++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    makeRoom(length);
    System.arraycopy(bytes, offset, buffer, count, length);
    count += length;
  }

  private void makeRoom(int more) {
    if (more > buffer.length - count) {
      buffer = Arrays.copyOf(buffer, Math.max(count + more, buffer.length * 2));
    }
  }

  byte[] bytes() {
    return Arrays.copyOf(buffer, count);
  }
}
