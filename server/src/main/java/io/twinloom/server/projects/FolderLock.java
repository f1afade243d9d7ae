package io.twinloom.server.projects;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.error.ServerError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Holds a folder of projects for one process: two would each replace and undo what the other does.
 * The system releases the lock when the process ends, however it ends.
 */
public final class FolderLock implements AutoCloseable {

  private static final String FILE = "serve.lock";
  private static final int MOST_DIGITS = 20;

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes a folder.
   *
   * @param root the folder of the projects
   * @throws TwinloomException {@code TL-API-FOLDER-HELD} if another process holds it, which the
   *     message names
   */
  public static FolderLock take(Path root) {
    Path folder = root.resolve(ProjectFolders.VERSIONS);
    PrivateFiles.makeFolder(folder);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        throw held(root, holder(channel));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)),
          0);
      FolderLock taken = new FolderLock(channel);
      channel = null;
      return taken;
    } catch (IOException e) {
      throw new TwinloomException(
          ServerError.API_FOLDER_HELD,
          "The folder cannot be locked: " + e.getClass().getSimpleName() + ".",
          root.toString(),
          "See that the folder is writable and on a local disk.",
          e);
    } finally {
      close(channel);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(MOST_DIGITS);
    channel.read(content, 0);
    return StandardCharsets.US_ASCII.decode(content.flip()).toString();
  }

  private static TwinloomException held(Path root, String holder) {
    return new TwinloomException(
        ServerError.API_FOLDER_HELD,
        "The projects of this folder are served already, by process " + holder + ".",
        root.toString());
  }

  private static void close(@Nullable FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // The process ends the lock in any case.
      }
    }
  }

  @Override
  public void close() {
    close(channel);
  }
}
