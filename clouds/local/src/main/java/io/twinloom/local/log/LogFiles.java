package io.twinloom.local.log;

import io.twinloom.local.store.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a log, numbered upwards: the one of the highest number is written, and the lowest go
 * when there are too many. No file is ever renamed, so a reader can read one to its end.
 */
final class LogFiles implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("functions-([0-9]{8})\\.jsonl");
  private final Path folder;
  private final LogLimits limits;
  private @Nullable FileChannel current;
  private long size;

  LogFiles(Path folder, LogLimits limits) throws IOException {
    this.folder = folder;
    this.limits = limits;
    Files.createDirectories(folder, OwnerOnly.folder());
    open(numbers(folder).stream().reduce((a, b) -> b).orElse(1));
  }

  /** The numbers of the files that are there, upwards. */
  static List<Integer> numbers(Path folder) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            var match = NAME.matcher(file.getFileName().toString());
            if (match.matches()) {
              numbers.add(Integer.parseInt(match.group(1)));
            }
          });
    }
    numbers.sort(Comparator.naturalOrder());
    return numbers;
  }

  static Path file(Path folder, int number) {
    return folder.resolve(String.format(Locale.ROOT, "functions-%08d.jsonl", number));
  }

  /** Appends whole lines; first goes on to a new file where this one is full. */
  void append(ByteBuffer lines) throws IOException {
    FileChannel channel = current;
    if (channel == null || (size > 0 && size + lines.remaining() > limits.fileBytes())) {
      channel = next();
    }
    while (lines.hasRemaining()) {
      size += channel.write(lines);
    }
  }

  private FileChannel next() throws IOException {
    close();
    List<Integer> there = numbers(folder);
    FileChannel opened = open(there.isEmpty() ? 1 : there.get(there.size() - 1) + 1);
    for (int i = 0; i <= there.size() - limits.files(); i++) {
      Files.deleteIfExists(file(folder, there.get(i)));
    }
    return opened;
  }

  private FileChannel open(int number) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file(folder, number),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OwnerOnly.file());
    size = channel.size();
    channel.position(size);
    ByteBuffer last = ByteBuffer.allocate(1);
    if (size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n') {
      // A crash cut the last line: it must not swallow the next one.
      size += channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    current = channel;
    return channel;
  }

  @Override
  public void close() throws IOException {
    FileChannel channel = current;
    current = null;
    if (channel != null) {
      channel.close();
    }
  }
}
