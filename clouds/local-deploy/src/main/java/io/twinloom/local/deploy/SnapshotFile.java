package io.twinloom.local.deploy;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A file that {@link Snapshot} has written.
 *
 * @param file its place
 */
record SnapshotFile(Path file) {

  private static final String FORMAT = "format.json";

  /**
   * Makes it the data of a twin: all of it, or nothing where something fails. Ports that were
   * chosen are not taken over, since the twin that it was made of may run.
   *
   * @param data a folder that holds no data
   * @throws TwinloomException if it holds some, or the file is no snapshot of this program or an
   *     older one
   */
  void restoreTo(LocalDataFolder data) {
    Path folder = data.path().toAbsolutePath();
    Path aside = folder.resolveSibling("." + folder.getFileName() + ".restoring");
    try {
      if (!isEmpty(folder)) {
        throw refused("The data folder is not empty.", folder, null);
      }
      LocalDataFolder.deleteIfThere(aside);
      PrivateFiles.makeFolder(aside);
      unpack(aside);
      if (!Files.exists(aside.resolve(FORMAT))) {
        throw refused("It is not a snapshot of a twin.", file, null);
      }
      new DataFormat(aside).check();
      LocalDataFolder restored = new LocalDataFolder(aside);
      restored.write(restored.runOptions().withPorts(Map.of()));
      Files.deleteIfExists(folder);
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw refused("It cannot be read: " + FileFailure.reason(e) + ".", file, e);
    } finally {
      LocalDataFolder.deleteIfThere(aside);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.findAny().isEmpty();
    }
  }

  private void unpack(Path aside) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        Path target = aside.resolve(entry.getName()).normalize();
        if (!target.startsWith(aside) || target.equals(aside)) {
          throw new IOException("an entry leads out of it");
        }
        if (entry.isDirectory()) {
          continue;
        }
        PrivateFiles.makeFolder(Objects.requireNonNull(target.getParent()));
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, target);
        }
        PrivateFiles.restrict(target);
      }
    }
  }

  private static TwinloomException refused(String what, Path where, @Nullable IOException cause) {
    return new TwinloomException(
        LocalDeployError.SNAPSHOT_REFUSED,
        "The snapshot is not restored. " + what,
        where.toString(),
        LocalDeployError.SNAPSHOT_REFUSED.fix(),
        cause);
  }
}
