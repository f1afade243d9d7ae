package io.twinloom.server.twin;

import io.twinloom.deployer.PreparedProject;
import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.UserCode;
import io.twinloom.packaging.PreparedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Since when each piece of user code of a twin is as it is, written down in the twin's data folder
 * at its start: so a dead letter can say whether the code that failed has changed since.
 */
public final class CodeTimes {

  private static final String FILE = "code-times.json";

  private final RunningProject twin;
  private final InstantSource clock;
  private Map<String, Instant> since = Map.of();
  private String digest = "";

  private CodeTimes(RunningProject twin, InstantSource clock) {
    this.twin = twin;
    this.clock = clock;
  }

  /** Those of a twin that starts now: code that is new to it is of now. */
  public static CodeTimes of(RunningProject twin, InstantSource clock) {
    CodeTimes times = new CodeTimes(twin, clock);
    times.refresh();
    return times;
  }

  /** Another version may have been deployed since. */
  private synchronized Map<String, Instant> refresh() {
    PreparedProject project = twin.project();
    if (project.digest().equals(digest)) {
      return since;
    }
    Path file = twin.data().resolve(FILE);
    JsonObject before = read(file);
    JsonObject.Builder now = JsonObject.builder();
    Map<String, Instant> all = new TreeMap<>();
    for (PreparedCode code : project.code()) {
      String folder = code.code().folder();
      Instant of =
          before
              .object(folder)
              .filter(b -> b.text("digest").equals(Optional.of(code.digest())))
              .flatMap(CodeTimes::since)
              // What was never written down was there before anything failed.
              .orElse(before.has(folder) ? clock.instant() : Instant.EPOCH);
      all.put(folder, of);
      now.put(
          folder,
          JsonObject.builder().put("digest", code.digest()).put("since", of.toString()).build());
    }
    PrivateFiles.write(file, Json.bytes(now.build()));
    since = Map.copyOf(all);
    digest = project.digest();
    return since;
  }

  private static JsonObject read(Path file) {
    try {
      return Json.parseObject(Files.readAllBytes(file));
    } catch (IOException | IllegalArgumentException e) {
      return JsonObject.EMPTY;
    }
  }

  private static Optional<Instant> since(JsonObject code) {
    try {
      return code.text("since").map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the code that a letter's function runs has changed since; empty where it has none. */
  Optional<Boolean> changed(DeadLetterEntry letter) {
    return code(letter)
        .map(UserCode::folder)
        .flatMap(folder -> Optional.ofNullable(refresh().get(folder)))
        .map(time -> time.isAfter(letter.time()));
  }

  private Optional<UserCode> code(DeadLetterEntry letter) {
    PreparedProject project = twin.project();
    return project
        .topology()
        .function(letter.function())
        .flatMap(f -> f.userCode())
        .or(() -> letter.device().flatMap(device -> project.project().processorOf(device)))
        .or(() -> project.project().defaultProcessor());
  }
}
