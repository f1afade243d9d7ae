package io.twinloom.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * The folder of a user's caches: {@code TWINLOOM_CACHE}, else {@code twinloom} in {@code
 * XDG_CACHE_HOME}, else in {@code ~/.cache}. Where the user has no home that can be written, as in
 * a container with a user of no name, it is a folder of the user's own among the temporary files.
 *
 * @see <a href="https://specifications.freedesktop.org/basedir-spec/latest/">XDG Base Directory</a>
 */
final class CacheFolder {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private CacheFolder() {}

  /**
   * @param home the user's home, as the JVM gives it: {@code ?} where there is none
   * @param temporary the folder of temporary files
   */
  static Path of(Map<String, String> environment, Path home, Path temporary) {
    String own = environment.getOrDefault("TWINLOOM_CACHE", "");
    if (!own.isBlank()) {
      return Path.of(own).toAbsolutePath();
    }
    String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
    // The specification has relative paths ignored.
    if (Path.of(shared).isAbsolute()) {
      return Path.of(shared).resolve("twinloom");
    }
    Path usual = home.resolve(".cache").resolve("twinloom");
    if (home.isAbsolute() && isWritable(usual)) {
      return usual;
    }
    return temporaryOf(temporary, usual.toAbsolutePath());
  }

  /** Whether a folder can be written, or made. */
  private static boolean isWritable(Path folder) {
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing != null && Files.isDirectory(existing) && Files.isWritable(existing);
  }

  /**
   * A folder that nobody else can write, since what is kept there is run.
   *
   * @param otherwise what is named where there can be none: it cannot be written
   */
  private static Path temporaryOf(Path temporary, Path otherwise) {
    try {
      Path own = Files.createTempDirectory(temporary, "twinloom-");
      Object user = Files.getOwner(own);
      Files.delete(own);
      Path folder = temporary.resolve("twinloom-" + user);
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      }
      return isOwn(folder, user) ? folder : otherwise;
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static boolean isOwn(Path folder, Object user) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
        && Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY);
  }
}
