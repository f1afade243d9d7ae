package io.twinloom.deployer.cloud;

import io.twinloom.deployer.LockFile;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.file.Path;

/** Keeps other processes from deploying or destroying the same twin. */
final class DeploymentLock {

  private static final byte[] NO_NAME = {};

  private DeploymentLock() {}

  /**
   * Takes the lock of a folder, until the result is closed.
   *
   * @throws TwinloomException if another process has it, or the folder cannot be locked
   */
  static LockFile take(CloudDataFolder folder) {
    Path file = folder.lockFile();
    try {
      return LockFile.take(file, NO_NAME, holder -> held(folder));
    } catch (IOException e) {
      throw CloudDataFolder.failed("This folder cannot be locked", file, e);
    }
  }

  private static TwinloomException held(CloudDataFolder folder) {
    return new TwinloomException(
        DeployerError.CLOUD_HELD,
        "Another process deploys or destroys this twin just now.",
        folder.path().toString(),
        "Wait until it is done, and run this again.");
  }
}
