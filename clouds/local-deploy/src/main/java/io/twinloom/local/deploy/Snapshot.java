package io.twinloom.local.deploy;

import io.twinloom.deployer.Pause;
import io.twinloom.local.store.KnownStores;
import io.twinloom.local.store.StoreView;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a twin on this machine as one file, made while it runs.
 *
 * <p>All clouds' stores are seen at one instant, so that what is copied is what a loss of power at
 * that instant would have left: a sender forgets an event only after its receiver has committed it,
 * and a mover an item only after its chunk is stored, so what is under way goes on with the copy.
 */
final class Snapshot {

  private static final int ATTEMPTS = 100;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final LocalDataFolder data;
  private final Pause pause;
  private final CurrentState state;

  /** Reads the state as it is now. */
  interface CurrentState {
    StateFiles read() throws IOException;
  }

  Snapshot(LocalDataFolder data, Pause pause) {
    this(data, pause, () -> StateFiles.of(data.path()));
  }

  Snapshot(LocalDataFolder data, Pause pause, CurrentState state) {
    this.data = data;
    this.pause = pause;
    this.state = state;
  }

  /**
   * Writes the file, owner-only.
   *
   * @param secrets whether tokens are in it; without them new ones are made at the next start
   * @throws TwinloomException if there is one already, the twin was never deployed, or it changes
   *     all the time
   */
  void write(Path out, boolean secrets) {
    requireDeployed();
    Path aside = data.path().resolve("snapshot-" + ProcessHandle.current().pid() + ".making");
    try {
      if (Files.exists(out)) {
        throw new FileAlreadyExistsException(out.toString());
      }
      LocalDataFolder.deleteIfThere(aside);
      Files.createDirectory(
          aside,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      for (int attempt = 0; !collected(aside); attempt++) {
        if (attempt == ATTEMPTS) {
          throw failed("Movers delete chunks, or the twin changes, all the time.", out, null);
        }
        pause.of(PAUSE);
      }
      if (secrets) {
        StateFiles.copySecrets(data.path(), aside);
      }
      StateFiles.copyProjects(data, new LocalDataFolder(aside));
      new DataFormat(aside).written();
      zip(aside, out);
    } catch (FileAlreadyExistsException e) {
      throw failed("There is such a file already.", out, e);
    } catch (IOException e) {
      throw failed("It cannot be written: " + FileFailure.reason(e) + ".", out, e);
    } finally {
      LocalDataFolder.deleteIfThere(aside);
    }
  }

  private static TwinloomException failed(String what, Path out, @Nullable IOException cause) {
    return new TwinloomException(
        LocalDeployError.SNAPSHOT,
        "The snapshot was not made. " + what,
        out.toString(),
        LocalDeployError.SNAPSHOT.fix(),
        cause);
  }

  /** What is wrong with the data is said of the data, before anything of it is copied. */
  private void requireDeployed() {
    if (data.deployedCopy().isEmpty()) {
      throw data.noCopy("There is no copy of the deployed project.");
    }
  }

  /**
   * Copies the state, the stores and the chunks. False where the state has changed while the stores
   * were opened, since what they hold then belongs to neither, or a chunk has gone meanwhile.
   */
  private boolean collected(Path aside) throws IOException {
    StateFiles before = state.read();
    List<Provider> clouds = new ArrayList<>(Provider.all());
    clouds.removeIf(cloud -> !Files.exists(KnownStores.file(data.path(), cloud.id())));
    List<StoreView> views =
        StoreView.openAll(
            clouds.stream().map(cloud -> KnownStores.file(data.path(), cloud.id())).toList());
    Map<Provider, StoreView> byCloud = new LinkedHashMap<>();
    try {
      for (int i = 0; i < clouds.size(); i++) {
        byCloud.put(clouds.get(i), views.get(i));
      }
      if (!before.equals(state.read()) || !copied(byCloud, aside)) {
        return false;
      }
      before.writeTo(aside);
      return true;
    } finally {
      views.forEach(StoreView::close);
    }
  }

  /** Copies what is in the views; false where a chunk has gone meanwhile. */
  private boolean copied(Map<Provider, StoreView> views, Path aside) throws IOException {
    for (Map.Entry<Provider, StoreView> one : views.entrySet()) {
      String cloud = one.getKey().id();
      for (Path file : one.getValue().files(data.path().resolve(cloud))) {
        Path target = aside.resolve(data.path().relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try {
          DataFormat.linkOrCopy(file, target);
        } catch (NoSuchFileException e) {
          clear(aside);
          return false;
        }
      }
    }
    for (Map.Entry<Provider, StoreView> one : views.entrySet()) {
      one.getValue().copyTo(KnownStores.file(aside, one.getKey().id()));
    }
    return true;
  }

  private static void clear(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      children.toList().forEach(LocalDataFolder::deleteIfThere);
    }
  }

  private static void zip(Path folder, Path out) throws IOException {
    Path written =
        Files.createTempFile(
            Objects.requireNonNull(out.toAbsolutePath().getParent()),
            ".snapshot",
            ".new",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (OutputStream file = Files.newOutputStream(written);
          ZipOutputStream zip = new ZipOutputStream(file);
          Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.filter(Files::isRegularFile).sorted().toList()) {
          zip.putNextEntry(new ZipEntry(folder.relativize(path).toString().replace('\\', '/')));
          Files.copy(path, zip);
          zip.closeEntry();
        }
      }
      Files.move(written, out, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
