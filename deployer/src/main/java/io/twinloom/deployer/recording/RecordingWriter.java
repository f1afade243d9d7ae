package io.twinloom.deployer.recording;

import io.twinloom.deployer.error.DeployerError;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes a recording. May be used by any thread. */
public final class RecordingWriter implements AutoCloseable {

  private final BufferedWriter writer;
  private final Path file;
  private long messages;

  private RecordingWriter(BufferedWriter writer, Path file) {
    this.writer = writer;
    this.file = file;
  }

  /**
   * Begins a recording.
   *
   * @throws TwinloomException if the file exists, or cannot be made
   */
  public static RecordingWriter create(Path file) {
    try {
      return new RecordingWriter(
          Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW),
          file);
    } catch (FileAlreadyExistsException e) {
      throw failed("The file exists already, and is not overwritten.", file, e);
    } catch (IOException e) {
      throw failed("The recording cannot be written: " + FileFailure.reason(e) + ".", file, e);
    }
  }

  /** Adds a message. */
  public synchronized void add(RecordedMessage message) {
    try {
      writer.write(message.line());
      writer.newLine();
      messages++;
    } catch (IOException e) {
      throw failed("The recording cannot be written: " + FileFailure.reason(e) + ".", file, e);
    }
  }

  /** How many messages there are. */
  public synchronized long messages() {
    return messages;
  }

  /** Hands what was added to the system. */
  public synchronized void flush() {
    try {
      writer.flush();
    } catch (IOException e) {
      throw failed("The recording cannot be written: " + FileFailure.reason(e) + ".", file, e);
    }
  }

  private static TwinloomException failed(String what, Path file, IOException e) {
    return new TwinloomException(
        DeployerError.RECORDING_FILE, what, file.toString(), DeployerError.RECORDING_FILE.fix(), e);
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw failed("The recording cannot be written: " + FileFailure.reason(e) + ".", file, e);
    }
  }
}
