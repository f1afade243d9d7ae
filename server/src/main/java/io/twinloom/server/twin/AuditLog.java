package io.twinloom.server.twin;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.files.FileFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Who changed what through the interface: a line of JSON for each change, in the twin's data
 * folder. It holds no event and no secret. Safe for threads.
 */
public final class AuditLog {

  private static final String FILE = "audit.ndjson";

  private final InstantSource clock;

  public AuditLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Writes down what was done.
   *
   * @param by where the request came from
   * @param count of what
   */
  public void write(RunningProject twin, String by, String action, int count, String detail) {
    write(twin, by, action, count, detail, JsonNull.NULL);
  }

  /** The same of a set of things that has a digest. */
  public synchronized void write(
      RunningProject twin, String by, String action, int count, String detail, JsonValue digest) {
    JsonObject line =
        JsonObject.builder()
            .put("time", clock.instant().toString())
            .put("action", action)
            .put("by", by)
            .put("count", count)
            .put("digest", digest)
            .put("detail", detail)
            .build();
    Path file = file(twin);
    try {
      if (!Files.exists(file)) {
        PrivateFiles.write(file, new byte[0]);
      }
      Files.writeString(
          file, Json.text(line) + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new TwinloomException(
          DeployerError.FILE_WRITE,
          "The audit log cannot be written: " + FileFailure.reason(e) + ".",
          file.toString(),
          DeployerError.FILE_WRITE.fix(),
          e);
    }
  }

  private static Path file(RunningProject twin) {
    return twin.data().resolve(FILE);
  }

  /** The newest lines, newest first. */
  public synchronized JsonObject read(RunningProject twin, int limit) {
    Deque<JsonValue> newest = new ArrayDeque<>();
    try (var lines = Files.lines(file(twin), StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) lines::iterator) {
        newest.addFirst(Json.parseObject(line.getBytes(StandardCharsets.UTF_8)));
        if (newest.size() > limit) {
          newest.removeLast();
        }
      }
    } catch (NoSuchFileException e) {
      return items(List.of());
    } catch (IOException e) {
      throw new TwinloomException(
          DeployerError.FILE_WRITE,
          "The audit log cannot be read: " + FileFailure.reason(e) + ".",
          file(twin).toString(),
          DeployerError.FILE_WRITE.fix(),
          e);
    }
    return items(new ArrayList<>(newest));
  }

  private static JsonObject items(List<JsonValue> lines) {
    return JsonObject.builder().put("items", new JsonArray(lines)).build();
  }
}
