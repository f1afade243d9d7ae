package io.twinloom.model.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/**
 * What a ZIP's central directory says about its entries that {@link java.util.zip.ZipFile} keeps to
 * itself: whether an entry is a link or a device, and whether it is encrypted.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE, 4.3.12 and
 *     4.3.16</a>
 */
final class ZipDirectory {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int MAX_COMMENT = 0xFFFF;

  private static final int FILE_TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;
  private static final int WINDOWS_REPARSE_POINT = 0x400;

  private static final int UTF_8_FLAG = 1 << 11;

  /**
   * An entry's name and the flags that decide whether it is taken.
   *
   * @param rawName its bytes
   * @param isUtf8 whether these are marked as UTF-8
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Entry(byte[] rawName, boolean isUtf8, boolean encrypted, boolean special) {

    String name(Charset otherwise) {
      return new String(rawName, isUtf8 ? StandardCharsets.UTF_8 : otherwise);
    }
  }

  private ZipDirectory() {}

  static List<Entry> read(Path zip) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(zip)) {
      long tailBytes = Math.min(channel.size(), END_BYTES + MAX_COMMENT);
      long tailStart = channel.size() - tailBytes;
      ByteBuffer tail = part(channel, tailStart, (int) tailBytes);
      int end = endIn(tail);
      int count = Short.toUnsignedInt(tail.getShort(end + 10));
      long size = Integer.toUnsignedLong(tail.getInt(end + 12));
      if (count == 0xFFFF || size == 0xFFFFFFFFL) {
        throw new ZipException("it uses ZIP64, which a ZIP within the limits has no need of");
      }
      long start = tailStart + end - size;
      if (start < 0) {
        throw new ZipException("its directory is cut off");
      }
      return entries(part(channel, start, (int) size), count);
    }
  }

  private static List<Entry> entries(ByteBuffer directory, int count) throws ZipException {
    List<Entry> entries = new ArrayList<>(count);
    int at = 0;
    while (at + ENTRY_BYTES <= directory.limit()) {
      if (directory.getInt(at) != ENTRY_SIGNATURE) {
        throw new ZipException("its directory is damaged");
      }
      int nameBytes = Short.toUnsignedInt(directory.getShort(at + 28));
      int next =
          at
              + ENTRY_BYTES
              + nameBytes
              + Short.toUnsignedInt(directory.getShort(at + 30))
              + Short.toUnsignedInt(directory.getShort(at + 32));
      if (next > directory.limit()) {
        throw new ZipException("its directory is cut off");
      }
      byte[] name = new byte[nameBytes];
      directory.get(at + ENTRY_BYTES, name);
      int flags = Short.toUnsignedInt(directory.getShort(at + 8));
      boolean special = isSpecial(directory.getInt(at + 38));
      entries.add(new Entry(name, (flags & UTF_8_FLAG) != 0, (flags & 1) != 0, special));
      at = next;
    }
    if (at != directory.limit() || entries.size() != count) {
      throw new ZipException("its directory is damaged");
    }
    return entries;
  }

  /**
   * @param attributes "external file attributes": Unix mode in the upper half, DOS bits below
   */
  private static boolean isSpecial(int attributes) {
    int type = (attributes >>> 16) & FILE_TYPE;
    return (type != 0 && type != REGULAR && type != FOLDER)
        || (attributes & WINDOWS_REPARSE_POINT) != 0;
  }

  private static int endIn(ByteBuffer tail) throws ZipException {
    for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END_SIGNATURE
          && at + END_BYTES + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit()) {
        return at;
      }
    }
    throw new ZipException("it is not a ZIP, or its end is missing");
  }

  private static ByteBuffer part(SeekableByteChannel channel, long start, int bytes)
      throws IOException {
    ByteBuffer part = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(start);
    while (part.hasRemaining() && channel.read(part) >= 0) {
      // Reads on until the part is full or the file ends.
    }
    if (part.hasRemaining()) {
      throw new ZipException("its end is missing");
    }
    return part.flip();
  }
}
