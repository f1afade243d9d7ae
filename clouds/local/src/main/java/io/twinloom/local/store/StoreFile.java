package io.twinloom.local.store;

import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The files of an open database. SQLite goes on writing files that were deleted under it, and says
 * that nothing is wrong: what is written then is gone with the process. So a caller that promises
 * that something is kept asks here whether the files are still those that were opened. May be used
 * by any thread.
 */
final class StoreFile {

  private final Path file;
  private final Path wal;
  private final Identity opened;
  private final AtomicReference<@Nullable Identity> openedWal = new AtomicReference<>();
  private final AtomicReference<@Nullable String> loss = new AtomicReference<>();

  /**
   * @param key the file system's own name of it, such as device and inode; null where it has none
   */
  private record Identity(@Nullable Object key, long size) {
    boolean isOf(Identity other) {
      return key == null || key.equals(other.key);
    }
  }

  /**
   * @param file a database that is open
   * @throws IOException if it cannot be looked at
   */
  StoreFile(Path file) throws IOException {
    this.file = file;
    this.wal = file.resolveSibling(file.getFileName() + "-wal");
    this.opened = identity(file);
  }

  /** What has become of the files, once; empty while they are those that were opened. */
  Optional<String> loss() {
    String known = loss.get();
    if (known == null) {
      known = look();
      if (known != null && !loss.compareAndSet(null, known)) {
        known = loss.get();
      }
    }
    return Optional.ofNullable(known);
  }

  private @Nullable String look() {
    try {
      Identity now = identity(file);
      if (!opened.isOf(now)) {
        return file + " was replaced by another file while it was in use.";
      }
      if (now.size() == 0) {
        return file + " was emptied while it was in use.";
      }
    } catch (NoSuchFileException e) {
      return file + " was deleted while it was in use.";
    } catch (IOException e) {
      return file + " cannot be looked at any more: " + FileFailure.reason(e) + ".";
    }
    return lookAtWal();
  }

  /** SQLite makes it with the first write, and keeps it until the database is closed. */
  private @Nullable String lookAtWal() {
    Identity first = openedWal.get();
    try {
      Identity now = identity(wal);
      if (first == null) {
        openedWal.compareAndSet(null, now);
        return null;
      }
      return first.isOf(now) ? null : wal + " was replaced by another file while it was in use.";
    } catch (NoSuchFileException e) {
      return first == null ? null : wal + " was deleted while it was in use.";
    } catch (IOException e) {
      return wal + " cannot be looked at any more: " + FileFailure.reason(e) + ".";
    }
  }

  private static Identity identity(Path of) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(of, BasicFileAttributes.class);
    return new Identity(attributes.fileKey(), attributes.size());
  }
}
