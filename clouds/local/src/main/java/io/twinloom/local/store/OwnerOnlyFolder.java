package io.twinloom.local.store;

import io.twinloom.local.error.LocalError;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that nobody but its owner may look into. */
public final class OwnerOnlyFolder {

  private OwnerOnlyFolder() {}

  /**
   * Makes it, with those above it; one that is there is given to its owner alone.
   *
   * @throws TwinloomException if it cannot be made
   */
  public static void make(Path data) {
    try {
      Files.createDirectories(data);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    } catch (UnsupportedOperationException e) {
      // A file system without owners (Windows): the user's profile guards the folder.
      return;
    } catch (IOException e) {
      throw new TwinloomException(
          LocalError.DATA_FOLDER,
          "The data folder cannot be made: " + e.getMessage(),
          data.toString(),
          "Give a folder that you may write to with --data.",
          e);
    }
  }
}
