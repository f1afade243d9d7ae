package io.twinloom.local.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads one file from a position to its present end, by whole lines. */
final class LogFileTail implements AutoCloseable {
  private static final int PIECE = 256 * 1024;

  private final FileChannel channel;
  private final long start;

  private LogFileTail(FileChannel channel, long start) {
    this.channel = channel;
    this.start = start;
  }

  static LogFileTail open(Path file, long start) throws IOException {
    return new LogFileTail(FileChannel.open(file, StandardOpenOption.READ), start);
  }

  /** Hands over the whole lines; returns the position after the last of them. */
  long lines(Consumer<String> lines) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    ByteArrayOutputStream begun = new ByteArrayOutputStream();
    long end = start;
    long position = start;
    int read;
    while ((read = channel.read(piece.clear(), position)) > 0) {
      byte[] bytes = piece.array();
      int from = 0;
      for (int i = 0; i < read; i++) {
        if (bytes[i] == '\n') {
          begun.write(bytes, from, i - from);
          lines.accept(begun.toString(StandardCharsets.UTF_8));
          begun.reset();
          from = i + 1;
          end = position + from;
        }
      }
      begun.write(bytes, from, read - from);
      position += read;
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
