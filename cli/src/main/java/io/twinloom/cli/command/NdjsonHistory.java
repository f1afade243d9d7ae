package io.twinloom.cli.command;

import io.twinloom.cli.error.CliError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import io.twinloom.model.text.UserTextFile;
import io.twinloom.model.time.Timestamps;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON lines: an item each, with {@code device_id} and {@code timestamp}, or a message of a
 * recording.
 */
final class NdjsonHistory implements HistoryFile {

  private static final String DEVICE_ID = "device_id";
  private static final String TIMESTAMP = "timestamp";

  private final BufferedReader reader;
  private final Path file;
  private final Optional<String> device;
  private long line;

  /**
   * @param device of items that name none
   */
  NdjsonHistory(Path file, Optional<String> device) {
    try {
      this.reader = UserTextFile.open(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    this.file = file;
    this.device = device;
  }

  @Override
  public Optional<Entry> next() {
    try {
      String text = reader.readLine();
      line++;
      while (text != null && text.isBlank()) {
        text = reader.readLine();
        line++;
      }
      return text == null ? Optional.empty() : Optional.of(entry(text));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private Entry entry(String text) {
    try {
      if (Json.parse(text) instanceof JsonObject object) {
        return new Entry(item(object), where());
      }
    } catch (JsonSyntaxException e) {
      throw failed(where(), "This is not JSON: " + e.getMessage(), e);
    }
    throw failed(where(), "This is not a JSON object.", null);
  }

  /** A message of a recording has its device and, where it lacks one, its time from the line. */
  private JsonObject item(JsonObject object) {
    Optional<JsonObject> message = object.object("message");
    Optional<String> sender = object.text("device");
    Optional<String> time = object.text("time");
    if (message.isPresent() && sender.isPresent() && time.isPresent()) {
      JsonObject.Builder item = message.get().toBuilder().put(DEVICE_ID, sender.get());
      if (!hasTime(message.get())) {
        item.put(TIMESTAMP, time.get());
      }
      return item.build();
    }
    return object.has(DEVICE_ID) || device.isEmpty()
        ? object
        : object.toBuilder().put(DEVICE_ID, device.get()).build();
  }

  private static boolean hasTime(JsonObject message) {
    return Timestamps.NAMES.stream().anyMatch(message::has);
  }

  private String where() {
    return file + ", line " + line;
  }

  private static TwinloomException unreadable(Path file, IOException e) {
    return failed(
        file.toString(),
        UserTextFile.fault(file, e)
            .orElseGet(() -> "The file cannot be read: " + FileFailure.reason(e) + "."),
        e);
  }

  private static TwinloomException failed(String where, String what, @Nullable Throwable cause) {
    return new TwinloomException(
        CliError.HISTORY_FILE, what, where, CliError.HISTORY_FILE.fix(), cause);
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
