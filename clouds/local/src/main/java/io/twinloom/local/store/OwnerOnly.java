package io.twinloom.local.store;

import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that nobody but their owner may look into. On a file system without owners
 * (Windows) the user's profile guards them.
 */
public final class OwnerOnly {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  /** Whether the system has owners of files, and folders that can be opened, as POSIX has it. */
  static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private OwnerOnly() {}

  /** What a new folder is made with. */
  public static FileAttribute<?>[] folder() {
    return attributes(FOLDER);
  }

  /** What a new file is made with. */
  public static FileAttribute<?>[] file() {
    return attributes(FILE);
  }

  /**
   * Makes a data folder, with those above it; one that is there is given to its owner alone.
   *
   * @throws TwinloomException if it cannot be made
   */
  public static void make(Path data) {
    try {
      Files.createDirectories(data, folder());
      if (POSIX) {
        Files.setPosixFilePermissions(data, FOLDER);
      }
    } catch (IOException e) {
      throw new TwinloomException(
          LocalError.DATA_FOLDER,
          "The data folder cannot be made: " + FileFailure.reason(e) + ".",
          data.toString(),
          "Give a folder that you may write to with --data.",
          e);
    }
  }

  /** Makes a file, where it is not there: SQLite gives those beside it the same permissions. */
  static void makeFile(Path file) throws IOException {
    if (POSIX) {
      try {
        Files.createFile(file, file());
      } catch (FileAlreadyExistsException e) {
        return;
      }
    }
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }
}
