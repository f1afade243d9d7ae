package io.twinloom.local.deploy;

import io.twinloom.deployer.LockFile;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keeps a data folder to one process. */
final class DataLock {

  private static final String FILE = "lock";
  private static final Duration STEP = Duration.ofMillis(20);

  private DataLock() {}

  /**
   * Takes the folder, until the result is closed.
   *
   * @throws TwinloomException if another process holds it; its message says which
   */
  static LockFile take(LocalDataFolder data) {
    Path file = data.path().resolve(FILE);
    byte[] process = Json.bytes(ProcessId.ofThis().writeTo(JsonObject.builder()).build());
    try {
      return LockFile.take(file, process, holder -> held(data, processOf(holder)));
    } catch (IOException e) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_LOCK,
          "The data folder cannot be locked: " + FileFailure.reason(e) + ".",
          file.toString(),
          "See that the folder is writable and on a local disk.",
          e);
    }
  }

  /** Waits until nobody holds the folder; returns whether that came within this time. */
  static boolean awaitFree(LocalDataFolder data, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        take(data).close();
        return true;
      } catch (TwinloomException e) {
        if (System.nanoTime() >= end) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
      }
    }
  }

  private static Optional<ProcessId> processOf(byte[] holder) {
    try {
      return ProcessId.readFrom(Json.parseObject(holder));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static TwinloomException held(LocalDataFolder data, Optional<ProcessId> holder) {
    return new TwinloomException(
        LocalDeployError.LOCAL_HELD,
        "This twin runs already"
            + holder.map(h -> ", in process " + h.pid()).orElse("")
            + data.written().map(e -> " (" + e.api() + ")").orElse("")
            + ".",
        data.path().toString(),
        "Use the one that runs, end it ('twinloom destroy PROJECT', or Ctrl-C where it runs), or choose"
            + " another data folder with --data.");
  }
}
