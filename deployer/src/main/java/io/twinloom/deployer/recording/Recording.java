package io.twinloom.deployer.recording;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.text.UserTextFile;
import java.io.BufferedReader;
import java.io.IOException;
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
      return new Recording(UserTextFile.open(file), file);
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
        UserTextFile.fault(file, e)
            .orElseGet(() -> "The recording cannot be read: " + FileFailure.reason(e) + "."),
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
