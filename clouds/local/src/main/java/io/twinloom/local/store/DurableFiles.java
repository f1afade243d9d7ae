package io.twinloom.local.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Files that are whole or not there, on disk when a method returns, and their owner's only.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/fsync.2.html">fsync(2): a new file's folder
 *     must be synced too</a>
 */
final class DurableFiles {

  /** Bytes are handed to the system in pieces that its copies of them find in a core's cache. */
  private static final int PIECE = 128 * 1024;

  /** Where files are written before they get their names; what is left here is of no use. */
  private final Path incoming;

  DurableFiles(Path incoming) {
    this.incoming = incoming;
  }

  /** Forgets what a process that was killed was writing. */
  void removeRemnants() throws IOException {
    if (Files.isDirectory(incoming)) {
      try (var files = Files.list(incoming)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Writes a file, replacing one that is there. */
  void write(Path file, byte[] content) throws IOException {
    write(
        file,
        channel -> {
          for (int at = 0; at < content.length; at += PIECE) {
            writeAll(channel, ByteBuffer.wrap(content, at, Math.min(PIECE, content.length - at)));
          }
        });
  }

  /** Writes all of a stream to a file, replacing one that is there; returns its size. */
  long write(Path file, InputStream content) throws IOException {
    long[] size = {0};
    write(
        file,
        channel -> {
          byte[] buffer = new byte[PIECE];
          for (int read; (read = content.read(buffer)) >= 0; ) {
            writeAll(channel, ByteBuffer.wrap(buffer, 0, read));
            size[0] += read;
          }
        });
    return size[0];
  }

  private static void writeAll(FileChannel channel, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      channel.write(piece);
    }
  }

  /** Whether a file holds exactly these bytes. */
  static boolean holds(Path file, byte[] content) throws IOException {
    byte[] buffer = new byte[PIECE];
    int at = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read; (read = in.read(buffer)) >= 0; at += read) {
        if (read > content.length - at || !Arrays.equals(buffer, 0, read, content, at, at + read)) {
          return false;
        }
      }
    }
    return at == content.length;
  }

  private interface Filling {
    void fill(FileChannel channel) throws IOException;
  }

  private void write(Path file, Filling filling) throws IOException {
    makeFolder(incoming);
    Path folder = parent(file);
    makeFolder(folder);
    Path fresh = Files.createTempFile(incoming, "", "", OwnerOnly.file());
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        filling.fill(channel);
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Deletes a file, and the folders above it that it leaves empty, up to {@code root}. */
  void delete(Path file, Path root) throws IOException {
    if (Files.deleteIfExists(file)) {
      sync(parent(file));
    }
    for (Path folder = parent(file); !folder.equals(root); folder = parent(folder)) {
      if (!folder.toFile().delete()) {
        // Something else is in it, or has just been put there.
        return;
      }
    }
  }

  /** Makes a folder with those above it; a concurrent deletion of an empty one is outlived. */
  private static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = parent(folder);
    makeFolder(above);
    try {
      Files.createDirectory(folder, OwnerOnly.folder());
      sync(above);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no folder: " + file);
    }
    return parent;
  }

  private static void sync(Path folder) throws IOException {
    if (OwnerOnly.POSIX) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
