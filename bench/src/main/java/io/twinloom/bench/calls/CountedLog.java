package io.twinloom.bench.calls;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Counts the bytes of a log, and keeps the last line for errors. */
final class CountedLog extends OutputStream {
  private long bytes;
  private String last = "";

  @Override
  public synchronized void write(int b) {
    bytes++;
  }

  @Override
  public synchronized void write(byte[] line, int offset, int length) {
    bytes += length;
    last = new String(line, offset, length, StandardCharsets.UTF_8);
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized String last() {
    return last;
  }

  synchronized void forget() {
    bytes = 0;
  }
}
