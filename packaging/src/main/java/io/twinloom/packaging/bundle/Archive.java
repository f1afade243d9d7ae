package io.twinloom.packaging.bundle;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes ZIP files whose bytes depend on nothing but the names and contents of what is in them:
 * files in order, one time for all, permissions {@code rw-r--r--}, one level of compression.
 *
 * @see <a href="https://reproducible-builds.org/docs/archives/">Reproducible builds: archives</a>
 */
public final class Archive {

  /**
   * A month after the earliest that the format knows: that one the JDK notes with its time zone.
   */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** As many entries as the plain format counts. */
  static final int MAX_FILES = 0xFFFF - 1;

  private static final int END_BYTES = 22;
  private static final int END_OFFSET_OF_DIRECTORY = 16;
  private static final int HEADER_BYTES = 46;
  private static final int MADE_BY = 5;
  private static final int NAME_LENGTH = 28;
  private static final int EXTRA_LENGTH = 30;
  private static final int COMMENT_LENGTH = 32;
  private static final int ATTRIBUTES = 38;

  private static final byte UNIX = 3;
  private static final int REGULAR_FILE_644 = 0100644 << 16;

  private Archive() {}

  /** What was written. */
  public record Size(int files, long unpackedBytes) {}

  /**
   * Writes a file.
   *
   * @throws IOException if something cannot be read or written
   */
  public static Size write(PackedFiles files, Path target) throws IOException {
    Size size;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target))) {
      size = entries(files, Deflater.DEFAULT_COMPRESSION, out);
    }
    if (size.files() <= MAX_FILES) {
      setPermissions(target);
    }
    return size;
  }

  /** A JAR to be put into another archive, which compresses it. */
  static byte[] jar(PackedFiles files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Size ignored = entries(files, Deflater.NO_COMPRESSION, bytes);
    return bytes.toByteArray();
  }

  private static Size entries(PackedFiles files, int level, OutputStream out) throws IOException {
    long unpacked = 0;
    int count = 0;
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(level);
      for (Map.Entry<String, PackedFiles.Content> file : files.byPath().entrySet()) {
        byte[] content = file.getValue().bytes();
        zip.putNextEntry(entry(file.getKey(), content));
        zip.write(content);
        zip.closeEntry();
        unpacked += content.length;
        count++;
      }
    }
    return new Size(count, unpacked);
  }

  private static ZipEntry entry(String path, byte[] content) {
    ZipEntry entry = new ZipEntry(path);
    entry.setTimeLocal(TIME);
    if (isCompressed(path)) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    return entry;
  }

  /** Compressing what is compressed costs the most and gains nothing. */
  private static boolean isCompressed(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    return name.endsWith(".jar") || name.endsWith(".zip") || name.endsWith(".gz");
  }

  /** The JDK writes no permissions, and unpacking then falls back on whatever the reader chose. */
  private static void setPermissions(Path zip) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "rw")) {
      byte[] end = new byte[END_BYTES];
      file.seek(file.length() - END_BYTES);
      file.readFully(end);
      int start = littleEndian(end).getInt(END_OFFSET_OF_DIRECTORY);
      byte[] directory =
          new byte[(int) (file.length() - END_BYTES - Integer.toUnsignedLong(start))];
      file.seek(Integer.toUnsignedLong(start));
      file.readFully(directory);
      ByteBuffer headers = littleEndian(directory);
      int at = 0;
      while (at < directory.length) {
        headers.put(at + MADE_BY, UNIX);
        headers.putInt(at + ATTRIBUTES, REGULAR_FILE_644);
        at +=
            HEADER_BYTES
                + headers.getShort(at + NAME_LENGTH)
                + headers.getShort(at + EXTRA_LENGTH)
                + headers.getShort(at + COMMENT_LENGTH);
      }
      file.seek(Integer.toUnsignedLong(start));
      file.write(directory);
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
