package io.twinloom.model.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** ZIPs as people make them, and as attackers do. */
final class Zips {
  static final int DIRECTORY_ENTRY = 0x02014b50;
  static final int END = 0x06054b50;

  private Zips() {}

  /**
   * A ZIP of these entries, each holding its own name; a name with a slash at its end is a folder.
   */
  static Path of(Path file, String... names) {
    return in(StandardCharsets.UTF_8, file, names);
  }

  /** The same with the names in another encoding; only UTF-8 is marked. */
  static Path in(Charset encoding, Path file, String... names) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), encoding)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        if (!name.endsWith("/")) {
          zip.write(name.getBytes(StandardCharsets.UTF_8));
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A ZIP with one entry of so many zero bytes. */
  static Path ofZeros(Path file, String name, long bytes) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry(name));
      writeZeros(zip, bytes);
    }
    return file;
  }

  private static void writeZeros(OutputStream out, long bytes) throws IOException {
    byte[] zeros = new byte[1 << 20];
    for (long left = bytes; left > 0; left -= zeros.length) {
      out.write(zeros, 0, (int) Math.min(left, zeros.length));
    }
  }

  /** Changes four bytes at an offset behind the last occurrence of a signature. */
  static Path patch(Path file, int signature, int offset, IntUnaryOperator change)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = bytes.length - 4; at >= 0; at--) {
      if (buffer.getInt(at) == signature) {
        buffer.putInt(at + offset, change.applyAsInt(buffer.getInt(at + offset)));
        return Files.write(file, bytes);
      }
    }
    throw new IllegalArgumentException("the ZIP holds no such signature");
  }

  /** Replaces a text by another of the same length wherever it stands. */
  static Path replace(Path file, String from, String to) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    return Files.writeString(file, bytes.replace(from, to), StandardCharsets.ISO_8859_1);
  }
}
