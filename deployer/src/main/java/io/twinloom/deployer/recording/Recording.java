package io.twinloom.deployer.recording;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a recording line by line; of its length only a line is in memory. Not thread-safe. */
public final class Recording implements AutoCloseable {

  private final BufferedReader reader;
  private final Path file;
  private long line;

  private Recording(BufferedReader reader, Path file) {
    this.reader = reader;
    this.file = file;
  }

  /**
   * Opens a file.
   *
   * @throws TwinloomException if it cannot be read
   */
  public static Recording open(Path file) {
    try {
      return new Recording(Files.newBufferedReader(file, StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * The next message; empty at the end. Empty lines are passed over.
   *
   * @throws TwinloomException if the line is not a message, or the file cannot be read
   */
  public Optional<RecordedMessage> next() {
    try {
      String text = reader.readLine();
      while (text != null) {
        line++;
        if (!text.isBlank()) {
          return Optional.of(RecordedMessage.parse(text, file + ", line " + line));
        }
        text = reader.readLine();
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static TwinloomException unreadable(Path file, IOException e) {
    return new TwinloomException(
        DeployerError.RECORDING_FILE,
        "The recording cannot be read.",
        file.toString(),
        DeployerError.RECORDING_FILE.fix(),
        e);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
