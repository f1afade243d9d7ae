package io.twinloom.packaging.bundle;

import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.files.FolderTree;
import io.twinloom.packaging.CodeCache;
import io.twinloom.packaging.PackagingError;
import io.twinloom.packaging.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The archives that were made, by the fingerprint of what they are made of. */
final class PackageStore {
  private static final String ZIP = ".zip";

  private final CodeCache cache;

  PackageStore(CodeCache cache) {
    this.cache = cache;
  }

  /** An archive that is kept. */
  record Kept(Path file, String sha256) {

    /**
     * Puts a copy in a place, where it does not stand there already.
     *
     * @throws TwinloomException if it cannot be written
     */
    void copyTo(Path target) {
      try {
        if (Files.isRegularFile(target) && (isOurCopy(target) || hasOurBytes(target))) {
          return;
        }
        Files.createDirectories(target.getParent());
        Path aside = target.resolveSibling("." + target.getFileName() + ".part");
        Files.copy(
            file, aside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new TwinloomException(
            PackagingError.PACKAGE_UNWRITABLE,
            "The package cannot be written: " + FileFailure.reason(e) + ".",
            target.toString(),
            "Name a folder that you may write, with room on its disk.",
            e);
      }
    }

    /** A copy has the time of what it is a copy of: then nobody has to read both. */
    private boolean isOurCopy(Path target) throws IOException {
      return Files.size(target) == Files.size(file)
          && Files.getLastModifiedTime(target).equals(Files.getLastModifiedTime(file));
    }

    private boolean hasOurBytes(Path target) throws IOException {
      return Files.mismatch(file, target) < 0;
    }
  }

  /** Gathers what goes into an archive that is not there. */
  @FunctionalInterface
  interface Maker {
    PackedFiles files() throws IOException;
  }

  /** Says no to an archive. */
  @FunctionalInterface
  interface Limit {
    /**
     * @throws TwinloomException if the archive is too large
     */
    void check(Archive.Size size);
  }

  /**
   * The archive of a fingerprint, made if it is not there.
   *
   * @throws TwinloomException if it cannot be made or kept
   */
  Kept get(String fingerprint, Maker maker, Limit limit) {
    Optional<CodeCache.Kept> found = cache.find(fingerprint);
    return kept(found.isPresent() ? found.get() : make(fingerprint, maker, limit));
  }

  private static Kept kept(CodeCache.Kept found) {
    String file = found.result().path().getFirst();
    String sha256 = file.substring(0, file.length() - ZIP.length());
    return new Kept(found.folder().resolve(file), sha256);
  }

  private CodeCache.Kept make(String fingerprint, Maker maker, Limit limit) {
    Path aside = cache.aside();
    try {
      Path zip = aside.resolve("made");
      limit.check(Archive.write(maker.files(), zip));
      // Its name is its digest: nobody has to read it again to know that.
      String name = Fingerprint.ofFile(zip) + ZIP;
      Files.move(zip, aside.resolve(name));
      return cache.publish(fingerprint, Result.ready(List.of(name), ""), aside);
    } catch (IOException e) {
      throw new TwinloomException(
          PackagingError.PACKAGE_FAILED,
          "A package cannot be made: " + e,
          aside.toString(),
          "See that there is room on the disk, and try again.",
          e);
    } finally {
      delete(aside);
    }
  }

  private static void delete(Path folder) {
    try {
      FolderTree.delete(folder);
    } catch (IOException e) {
      // Left for the next clearing of the cache.
      return;
    }
  }
}
