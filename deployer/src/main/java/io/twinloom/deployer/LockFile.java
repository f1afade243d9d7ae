package io.twinloom.deployer;

import io.twinloom.model.TwinloomException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file that one process at a time holds, and whose content says which. The system releases it
 * when the process ends, however it ends: there is never a stale one.
 */
public final class LockFile implements AutoCloseable {

  private static final int LONGEST_HOLDER = 512;

  private final FileChannel channel;

  private LockFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the file, which is made if it is not there.
   *
   * @param holder what the file says about this process while it holds it, at most 512 bytes
   * @param held the error if another process, or another part of this one, holds the file; it is
   *     given what that holder wrote
   * @throws TwinloomException if the file is held
   * @throws IOException if it cannot be locked or written
   */
  public static LockFile take(Path file, byte[] holder, Function<byte[], TwinloomException> held)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    LockFile taken = new LockFile(channel);
    boolean done = false;
    try {
      if (tryLock(channel) == null) {
        throw held.apply(content(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder), 0);
      done = true;
      return taken;
    } finally {
      if (!done) {
        taken.close();
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

  private static byte[] content(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(LONGEST_HOLDER);
    channel.read(content, 0);
    byte[] text = new byte[content.flip().remaining()];
    content.get(text);
    return text;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The end of the process releases the file in any case.
      return;
    }
  }
}
