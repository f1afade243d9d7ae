package io.twinloom.deployer.cloud;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other processes from deploying or destroying the same twin, until it is closed. */
final class DeploymentLock implements AutoCloseable {

  private final FileChannel channel;

  private DeploymentLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder.
   *
   * @throws TwinloomException if another process has it, or the folder cannot be locked
   */
  static DeploymentLock take(CloudDataFolder folder) {
    Path file = folder.lockFile();
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        lock = null;
      }
      if (lock == null) {
        channel.close();
        throw new TwinloomException(
            DeployerError.CLOUD_HELD,
            "Another process deploys or destroys this twin just now.",
            folder.path().toString(),
            "Wait until it is done, and run this again.");
      }
      return new DeploymentLock(channel);
    } catch (IOException e) {
      throw CloudDataFolder.failed("This folder cannot be locked", file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The process ends soon, and with it the lock.
      return;
    }
  }
}
