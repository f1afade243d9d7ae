package io.twinloom.functions.tier;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks gzip of one member or several, and refuses what follows the last one: the JDK's stream
 * ignores it, so that what is stored could be something else than what was checked.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952#section-2.2">RFC 1952, 2.2: members</a>
 */
final class StrictGzipStream extends GZIPInputStream {

  /** The checksum and the size that end a member. */
  private static final int TRAILER_BYTES = 8;

  private final Counting packed;
  private long packedAtFill;

  /**
   * @throws ZipException if it does not begin as gzip does
   */
  StrictGzipStream(InputStream packed, int buffer) throws IOException {
    this(new Counting(packed), buffer);
  }

  private StrictGzipStream(Counting packed, int buffer) throws IOException {
    super(packed, buffer);
    this.packed = packed;
    this.packedAtFill = packed.count;
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    packedAtFill = packed.count;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    if (read < 0) {
      checkEnd();
    }
    return read;
  }

  /** What the inflater has left begins with the trailer, as far as it was in its last input. */
  private void checkEnd() throws ZipException {
    int left = inf.getRemaining();
    long readForTrailer = Math.max(0, TRAILER_BYTES - left);
    if (left > TRAILER_BYTES || packed.count > packedAtFill + readForTrailer) {
      throw new ZipException("bytes that are not gzipped follow");
    }
  }

  /** Counts what is read through it. */
  private static final class Counting extends FilterInputStream {
    private long count;

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = super.read(buffer, offset, length);
      count += Math.max(0, read);
      return read;
    }

    /** Whatever follows is looked at: some streams announce nothing between their parts. */
    @Override
    public int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
