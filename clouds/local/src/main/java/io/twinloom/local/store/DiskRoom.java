package io.twinloom.local.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the disk that a folder is on has room for copies of what is stored already: a tenth of it
 * and a gibibyte stay free for what devices send.
 *
 * @param folder exists while it is asked
 */
public record DiskRoom(Path folder) {

  private static final long LEAST_BYTES = 1024L * 1024 * 1024;
  private static final int LEAST_SHARE = 10;

  /** Whether so much is free; false where that is not known. */
  public boolean isThere() {
    try {
      FileStore disk = Files.getFileStore(folder);
      return isEnough(disk.getUsableSpace(), disk.getTotalSpace());
    } catch (IOException e) {
      return false;
    }
  }

  static boolean isEnough(long free, long total) {
    return free >= LEAST_BYTES && free >= total / LEAST_SHARE;
  }
}
