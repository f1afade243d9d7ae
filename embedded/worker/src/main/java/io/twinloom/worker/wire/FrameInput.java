package io.twinloom.worker.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads frames, as many at a time as have arrived; for one thread. */
public final class FrameInput {
  private static final int LEAST = 1 + 8;

  private final InputStream in;
  private final byte[] buffer = new byte[64 * 1024];
  private int at;
  private int end;

  public FrameInput(InputStream in) {
    this.in = in;
  }

  /** Whether the next frame has arrived whole: to read it does not wait. */
  public boolean hasNext() {
    if (end - at < Integer.BYTES) {
      return false;
    }
    int length = length();
    return isValid(length) && end - at - Integer.BYTES >= length;
  }

  /**
   * The next frame, or null at the end of the stream.
   *
   * @throws StreamCorruptedException if what arrives is no frame: somebody else wrote to the stream
   */
  public @Nullable Frame next() throws IOException {
    while (end - at < Integer.BYTES) {
      if (!fill()) {
        return null;
      }
    }
    int length = length();
    if (!isValid(length)) {
      throw new StreamCorruptedException("a frame of " + length + " bytes");
    }
    at += Integer.BYTES;
    ByteBuffer head = ByteBuffer.wrap(bytes(LEAST));
    byte type = head.get();
    return new Frame(type, head.getLong(), bytes(length - LEAST));
  }

  private int length() {
    return ByteBuffer.wrap(buffer, at, Integer.BYTES).getInt();
  }

  private static boolean isValid(int length) {
    return length >= LEAST && length <= Frame.MAX_BYTES;
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    int have = Math.min(count, end - at);
    System.arraycopy(buffer, at, bytes, 0, have);
    at += have;
    if (in.readNBytes(bytes, have, count - have) < count - have) {
      throw new EOFException("the stream ends within a frame");
    }
    return bytes;
  }

  /** Reads what has arrived; false at the end of the stream. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, at, buffer, 0, end - at);
    end -= at;
    at = 0;
    int count = in.read(buffer, end, buffer.length - end);
    end += Math.max(0, count);
    return count >= 0;
  }
}
