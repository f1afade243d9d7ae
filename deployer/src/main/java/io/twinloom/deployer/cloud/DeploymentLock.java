package io.twinloom.deployer.cloud;

import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Keeps other processes from deploying or destroying the same twin. */
final class DeploymentLock {

  private DeploymentLock() {}

  /**
   * Takes the lock of a folder, until the result is closed.
   *
   * @throws TwinloomException if another process has it, or the folder cannot be locked
   */
  static LockFile take(CloudDataFolder folder) {
    Path file = folder.lockFile();
    try {
      return LockFile.take(file, Executor.ofThis().holder(), holder -> held(folder, holder));
    } catch (IOException e) {
      throw CloudDataFolder.failed("This folder cannot be locked", file, e);
    }
  }

  private static TwinloomException held(CloudDataFolder folder, byte[] holder) {
    String who = Printable.line(new String(holder, StandardCharsets.UTF_8));
    return new TwinloomException(
        DeployerError.CLOUD_HELD,
        "Another process deploys or destroys this twin just now"
            + (who.isBlank() ? "." : ": " + who + "."),
        folder.path().toString(),
        "Wait until it is done, and run this again.");
  }
}
