package io.twinloom.model.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** An entry's bytes, which fail at their end if they are not those that the ZIP has the sum of. */
final class VerifiedStream extends FilterInputStream {
  private final ZipEntry entry;
  private final CRC32 sum = new CRC32();

  VerifiedStream(InputStream in, ZipEntry entry) {
    super(in);
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    int b = in.read();
    if (b < 0) {
      verify();
    } else {
      sum.update(b);
    }
    return b;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    if (n < 0) {
      verify();
    } else {
      sum.update(buffer, offset, n);
    }
    return n;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, 64 * 1024)).length;
  }

  private void verify() throws ZipException {
    if (sum.getValue() != entry.getCrc()) {
      throw new ZipException(entry.getName() + " is damaged: its checksum differs");
    }
  }
}
