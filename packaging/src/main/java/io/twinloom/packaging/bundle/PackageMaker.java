package io.twinloom.packaging.bundle;

import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Count;
import io.twinloom.packaging.CodeCache;
import io.twinloom.packaging.PackagingError;
import io.twinloom.packaging.PreparedCode;
import io.twinloom.runner.forms.UserCodeForm.SizeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Makes packages and keeps them by what they are made of: what has not changed is only looked up.
 * Several processes may do so at once, but each maker is for one thread.
 */
public final class PackageMaker {

  private final PackageStore store;
  private final Libraries libraries;
  private final Map<String, RuntimeFiles> runtimeFiles = new HashMap<>();
  private final Map<String, TwinInfoText> twinInfos = new HashMap<>();

  private PackageMaker(PackageStore store, Libraries libraries) {
    this.store = store;
    this.libraries = libraries;
  }

  /**
   * As a command's environment says: packages are kept beside the checked code.
   *
   * @param home the user's home
   * @param progress is notified of what takes long
   * @see CodeCache#of
   */
  public static PackageMaker of(
      Map<String, String> environment, Path home, InstantSource clock, Consumer<String> progress) {
    CodeCache packages = CodeCache.of(environment, home, "packages", clock);
    CodeCache libraries = CodeCache.of(environment, home, "libraries", clock);
    return new PackageMaker(
        new PackageStore(packages), new Libraries(libraries, environment, progress));
  }

  /**
   * The package of user code.
   *
   * @param twinInfo the text of {@code DIGITAL_TWIN_INFO}, which the code finds in its environment
   * @throws TwinloomException if it cannot be made
   */
  PackageStore.Kept user(Provider cloud, PreparedCode code, String twinInfo) {
    String place = code.code().folder();
    try {
      UserPackage wanted = UserPackage.of(code, runtimeFiles(cloud, code), info(twinInfo));
      return store.get(
          wanted.fingerprint(),
          () -> {
            Optional<Path> installed = Optional.empty();
            if (wanted.requirements().isPresent()) {
              installed = Optional.of(libraries.of(wanted.requirements().get(), place));
            }
            return wanted.files(installed);
          },
          size -> check(size, cloud, place));
    } catch (IOException e) {
      throw new TwinloomException(
          PackagingError.PACKAGE_FAILED,
          "The package cannot be made: " + e,
          place,
          "See that the files are readable, and try again.",
          e);
    }
  }

  private RuntimeFiles runtimeFiles(Provider cloud, PreparedCode code) throws IOException {
    String key = cloud.id() + code.code().form().isPython();
    RuntimeFiles known = runtimeFiles.get(key);
    if (known == null) {
      known = RuntimeFiles.of(cloud, code.code().form());
      runtimeFiles.put(key, known);
    }
    return known;
  }

  private TwinInfoText info(String twinInfo) {
    return twinInfos.computeIfAbsent(twinInfo, TwinInfoText::of);
  }

  /**
   * The package of all system functions of a cloud: the cloud's artifact and what the twin is.
   *
   * @param twinInfos by the names of the files
   */
  PackageStore.Kept system(Path artifact, SortedMap<String, String> twinInfos) {
    try {
      Fingerprint fingerprint =
          new Fingerprint()
              .add(Runtime.version().toString())
              .add(artifact.getFileName().toString())
              .add(Long.toString(Files.size(artifact)))
              .add(Files.getLastModifiedTime(artifact).toString())
              .add(artifact.toAbsolutePath().toString());
      twinInfos.forEach((file, text) -> fingerprint.add(file).add(info(text).digest()));
      return store.get(
          fingerprint.hex(),
          () -> {
            PackedFiles files =
                new PackedFiles().addFile("lib/" + artifact.getFileName(), artifact);
            twinInfos.forEach((file, text) -> files.add(file, info(text).bytes()));
            return files;
          },
          size -> {});
    } catch (IOException e) {
      throw new TwinloomException(
          PackagingError.PACKAGE_FAILED,
          "The artifact of the system functions cannot be read: " + e,
          artifact.toString(),
          "Build Twinloom again: ./mvnw -Pquick package in its folder.",
          e);
    }
  }

  /**
   * @throws TwinloomException if the cloud would refuse it
   */
  static void check(Archive.Size size, Provider cloud, String place) {
    boolean tooMany = size.files() > Archive.MAX_FILES;
    Optional<String> why =
        tooMany
            ? Optional.of(
                "The package has "
                    + Count.of(size.files(), "file")
                    + ", and "
                    + Count.of(Archive.MAX_FILES)
                    + " at most fit")
            : RuntimeFiles.form(cloud)
                .unpackedLimit()
                .filter(limit -> size.unpackedBytes() > limit.bytes())
                .map(limit -> tooLarge(size.unpackedBytes(), limit));
    if (why.isPresent()) {
      throw new TwinloomException(
          PackagingError.PACKAGE_TOO_LARGE,
          why.get(),
          place,
          "Ask for fewer or smaller libraries in requirements.txt, or leave data out of the"
              + " folder.");
    }
  }

  private static String tooLarge(long bytes, SizeLimit limit) {
    return "The package has "
        + bytes / 1_000_000
        + " MB unpacked, and "
        + limit.service()
        + " takes "
        + limit.bytes() / 1_000_000;
  }
}
