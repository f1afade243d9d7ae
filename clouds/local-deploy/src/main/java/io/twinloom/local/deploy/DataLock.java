package io.twinloom.local.deploy;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a data folder for one process. The system itself releases the lock when the process ends,
 * however it ends, so there is never a stale one.
 */
final class DataLock implements AutoCloseable {

  private static final String FILE = "lock";
  private static final Duration STEP = Duration.ofMillis(20);

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws TwinloomException if another process holds it; its message says which
   */
  static DataLock take(LocalDataFolder data) {
    Path file = data.path().resolve(FILE);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        throw held(data, holder(channel));
      }
      byte[] who = Json.bytes(ProcessId.ofThis().writeTo(JsonObject.builder()).build());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(who), 0);
      DataLock taken = new DataLock(channel);
      channel = null;
      return taken;
    } catch (IOException e) {
      throw new TwinloomException(
          LocalDeployError.LOCAL_LOCK,
          "The data folder cannot be locked: " + e.getClass().getSimpleName() + ".",
          file.toString(),
          "See that the folder is writable and on a local disk.",
          e);
    } finally {
      closeQuietly(channel);
    }
  }

  /** Waits until nobody holds the folder; returns whether that came within this time. */
  static boolean awaitFree(LocalDataFolder data, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      try (DataLock taken = take(data)) {
        return taken.channel.isOpen();
      } catch (TwinloomException e) {
        if (System.nanoTime() >= end) {
          return false;
        }
        TimeUnit.MILLISECONDS.sleep(STEP.toMillis());
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static Optional<ProcessId> holder(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(512);
    channel.read(content, 0);
    try {
      byte[] text = new byte[content.flip().remaining()];
      content.get(text);
      return ProcessId.readFrom(Json.parseObject(text));
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
        "Use the one that runs, end it ('twinloom destroy', or Ctrl-C where it runs), or choose"
            + " another data folder with --data.");
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The error that led here is the one to tell.
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
