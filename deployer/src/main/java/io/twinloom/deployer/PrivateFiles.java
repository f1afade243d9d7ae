package io.twinloom.deployer;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders that only their owner may read: what they hold is secret, or leads to it. */
public final class PrivateFiles {

  private static final Set<PosixFilePermission> OWNER_ONLY_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private PrivateFiles() {}

  /**
   * Makes a folder, with those above it, owner-only; one that is there is made so.
   *
   * @throws TwinloomException if it cannot be made
   */
  public static void makeFolder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, attributes(OWNER_ONLY_FOLDER));
      } else if (POSIX) {
        Files.setPosixFilePermissions(folder, OWNER_ONLY_FOLDER);
      }
    } catch (IOException e) {
      throw failed("The folder cannot be made", folder, e);
    }
  }

  /**
   * Writes a file at once or not at all: a reader finds the former content or this one. It is
   * owner-only from its first byte on, and on disk when this returns.
   *
   * @throws TwinloomException if it cannot be written; the former file is as it was
   */
  public static void write(Path file, byte[] content) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new TwinloomException(
          DeployerError.FILE_NO_FOLDER,
          "The folder that the file belongs in does not exist.",
          file.toString(),
          "Name a folder that exists, or make it.");
    }
    Path written = null;
    try {
      written =
          Files.createTempFile(
              folder, "." + file.getFileName(), ".new", attributes(OWNER_ONLY_FILE));
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      written = null;
    } catch (IOException e) {
      throw failed("The file cannot be written", file, e);
    } finally {
      removeQuietly(written);
    }
  }

  /**
   * Makes a file that another program has written owner-only, if it is there.
   *
   * @throws TwinloomException if it is somebody else's
   */
  public static void restrict(Path file) {
    try {
      if (POSIX && Files.exists(file)) {
        Files.setPosixFilePermissions(file, OWNER_ONLY_FILE);
      }
    } catch (IOException e) {
      throw failed("The file cannot be made readable for its owner alone", file, e);
    }
  }

  private static void removeQuietly(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException ignored) {
        // The error that led here is the one to tell; an owner-only remnant harms nothing.
      }
    }
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static TwinloomException failed(String what, Path path, IOException cause) {
    return new TwinloomException(
        DeployerError.FILE_WRITE,
        what + ": " + FileFailure.reason(cause) + ".",
        path.toString(),
        "See that the folder is writable and its disk has room.",
        cause);
  }
}
