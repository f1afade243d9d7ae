package io.twinloom.local.deploy;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.change.DeployedState;
import io.twinloom.json.Json;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.local.store.KnownStores;
import io.twinloom.local.store.StoreCopy;
import io.twinloom.local.store.StoreFormat;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The format of a data folder, which is that of its stores, written down in {@code format.json}. A
 * folder of an older format is upgraded after it was copied; one of a newer format is left as it
 * is.
 *
 * <p>An upgrade can be cut off anywhere and is begun again: the copy is put in place whole, each
 * store changes in one transaction when it is opened, and the folder's own format is written last.
 */
final class DataFormat {

  /** Data folders have one format with the stores in them. */
  static final int CURRENT = StoreFormat.CURRENT;

  /** That of folders from before it was written down. */
  private static final int FIRST = 1;

  private static final String FILE = "format.json";
  private static final String FORMAT = "format";

  private static final List<String> CHUNKS = List.of("cold", "archive");

  private final Path folder;

  DataFormat(Path folder) {
    this.folder = folder;
  }

  /** The folder's format; that of this program where there is no data yet. */
  int found() {
    Optional<JsonObject> written = LocalDataFolder.read(folder.resolve(FILE));
    if (written.isPresent()) {
      return written.get().get(FORMAT) instanceof JsonNumber number
          ? number.asDecimal().intValue()
          : FIRST;
    }
    // A journal alone is that of a deployment which is about to make the stores.
    boolean used = Provider.all().stream().anyMatch(cloud -> Files.exists(store(cloud)));
    return used ? FIRST : CURRENT;
  }

  /**
   * Refuses a folder of a newer format, and one of an older format in which a change of the twin is
   * under way; nothing is written.
   *
   * @throws TwinloomException if it is one
   */
  void check() {
    int found = found();
    if (found > CURRENT) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_NEWER,
          "The data folder has format "
              + found
              + "; this program knows those up to "
              + CURRENT
              + ".",
          folder.toString(),
          LocalDeployError.LOCAL_NEWER.fix());
    }
    Optional<Change> open =
        found == CURRENT
            ? Optional.empty()
            : new LocalDataFolder(folder).deployed().flatMap(DeployedState::change);
    if (open.isPresent()) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_CHANGING,
          "The data folder has format "
              + found
              + ", which is upgraded to "
              + CURRENT
              + " only where no change of the twin is under way: "
              + open.get().status().at().text()
              + ".",
          folder.toString(),
          LocalDeployError.LOCAL_CHANGING.fix());
    }
  }

  /** Where the data is copied to before it is upgraded to the present format. */
  Path copy() {
    return folder.resolve("before-format-" + CURRENT);
  }

  /**
   * Copies a folder of an older format, unless that is done; the caller holds its lock and opens
   * the stores afterwards.
   *
   * @param progress takes what is done
   * @throws TwinloomException if there is no room for the copy, or it cannot be made
   */
  void prepare(Consumer<String> progress) {
    if (found() >= CURRENT || Files.isDirectory(copy())) {
      return;
    }
    try {
      long needed = 0;
      for (Provider cloud : Provider.all()) {
        needed += size(store(cloud)) + size(folder.resolve(cloud.id() + ".db-wal"));
      }
      requireRoom(needed);
      Path aside = folder.resolve(copy().getFileName() + ".making");
      LocalDataFolder.deleteIfThere(aside);
      PrivateFiles.makeFolder(aside);
      for (Provider cloud : Provider.all()) {
        if (size(store(cloud)) > 0) {
          StoreCopy.make(store(cloud), aside.resolve(cloud.id() + ".db"));
          PrivateFiles.restrict(aside.resolve(cloud.id() + ".db"));
        }
        for (String tier : CHUNKS) {
          link(folder.resolve(cloud.id()).resolve(tier), aside.resolve(cloud.id()).resolve(tier));
        }
      }
      StateFiles.of(folder).writeTo(aside);
      StateFiles.copySecrets(folder, aside);
      StateFiles.copyProjects(new LocalDataFolder(folder), new LocalDataFolder(aside));
      if (Files.exists(folder.resolve(FILE))) {
        Files.copy(folder.resolve(FILE), aside.resolve(FILE), StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.move(aside, copy(), StandardCopyOption.ATOMIC_MOVE);
      progress.accept(
          "The data of an older version is upgraded; as it was, it is in "
              + copy()
              + ": delete that when the twin works");
    } catch (IOException e) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_UPGRADE,
          "The data cannot be copied before it is upgraded: " + e + ".",
          folder.toString(),
          LocalDeployError.LOCAL_UPGRADE.fix(),
          e);
    }
  }

  private void requireRoom(long needed) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < needed + needed / 5) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_UPGRADE,
          "The data is copied before it is upgraded: that takes "
              + (needed >> 20)
              + " MB, and the disk has "
              + (free >> 20)
              + " MB.",
          folder.toString(),
          LocalDeployError.LOCAL_UPGRADE.fix());
    }
  }

  /** Chunks never change, so that a second name of the same file is a copy. */
  private static void link(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          PrivateFiles.makeFolder(target);
        } else {
          linkOrCopy(path, target);
        }
      }
    }
  }

  /** Gives a file that never changes a second name, or where that is not possible, a copy. */
  static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | IOException e) {
      Files.copy(from, to);
    }
  }

  /** Writes down that the folder has the present format. */
  void written() {
    if (!Files.exists(folder.resolve(FILE)) || found() < CURRENT) {
      PrivateFiles.write(
          folder.resolve(FILE),
          (Json.pretty(JsonObject.builder().put(FORMAT, CURRENT).build()) + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path store(Provider cloud) {
    return KnownStores.file(folder, cloud.id());
  }

  private static long size(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
