package io.twinloom.local.deploy;

import io.twinloom.deployer.Pause;
import io.twinloom.model.TwinloomException;
import java.nio.file.Path;

/** The whole state of a twin on this machine as a file, and back. */
public final class LocalSnapshots {

  private LocalSnapshots() {}

  /**
   * Writes the state of a twin to a file, consistent, whether the twin runs or not.
   *
   * @param data the twin's data folder
   * @param secrets whether tokens are in the file
   * @throws TwinloomException if the twin was never deployed, or the file cannot be written
   */
  public static void write(Path data, Path out, boolean secrets) {
    LocalDataFolder folder = new LocalDataFolder(data);
    Pause pause =
        Pause.sleeping("Making the snapshot was interrupted.", "Make it again: none was written.");
    new Snapshot(folder, pause).write(out, secrets);
  }

  /**
   * Makes a snapshot the data of a twin: all of it, or nothing where something fails.
   *
   * @param data a folder that does not exist or is empty
   * @throws TwinloomException if there is data, or the file is no snapshot of this program or an
   *     older one
   */
  public static void restore(Path data, Path snapshot) {
    new SnapshotFile(snapshot).restoreTo(new LocalDataFolder(data));
  }
}
