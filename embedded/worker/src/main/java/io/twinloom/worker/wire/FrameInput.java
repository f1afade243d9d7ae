package io.twinloom.worker.wire;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/** Reads frames; for one thread. */
public final class FrameInput {
  private static final int LEAST = 1 + 8;

  private final DataInputStream in;

  public FrameInput(InputStream in) {
    this.in = new DataInputStream(new BufferedInputStream(in, 64 * 1024));
  }

  /**
   * The next frame, or null at the end of the stream.
   *
   * @throws StreamCorruptedException if what arrives is no frame: somebody else wrote to the stream
   */
  public @Nullable Frame next() throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return null;
    }
    if (length < LEAST || length > Frame.MAX_BYTES) {
      throw new StreamCorruptedException("a frame of " + length + " bytes");
    }
    byte type = in.readByte();
    long id = in.readLong();
    byte[] body = new byte[length - LEAST];
    in.readFully(body);
    return new Frame(type, id, body);
  }
}
