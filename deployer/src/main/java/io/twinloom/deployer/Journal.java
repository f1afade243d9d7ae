package io.twinloom.deployer;

import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a deployment set out to do, written down before it is done: so that the next command after
 * an interruption reads here where it stood.
 */
public final class Journal {

  /** Where a deployment stands. */
  public enum State {
    /** It is being made: found without its process, it was interrupted. */
    DEPLOYING,
    /** It is as its project says. */
    DEPLOYED,
    /** It is being ended: found without its process, that was interrupted. */
    ENDING,
    /** It was ended. */
    ENDED,
    /** It was ended, and what holds its data stays. */
    KEPT
  }

  /**
   * An entry; only the last one is kept.
   *
   * @param project the {@link PreparedProject#digest digest} of the project it is about
   */
  public record Entry(State state, String project, Instant since) {}

  private final Path file;
  private final InstantSource clock;

  public Journal(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** Writes down where it stands now; on disk when this returns. */
  public void enter(State state, String project) {
    JsonObject entry =
        JsonObject.builder()
            .put("state", state.name().toLowerCase(Locale.ROOT))
            .put("project", project)
            .put("since", clock.instant().toString())
            .build();
    PrivateFiles.write(file, (Json.pretty(entry) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The last entry; empty where nothing was ever deployed, or the file is damaged. */
  public Optional<Entry> last() {
    try {
      JsonObject entry = Json.parseObject(Files.readAllBytes(file));
      return Optional.of(
          new Entry(
              State.valueOf(entry.text("state").orElse("").toUpperCase(Locale.ROOT)),
              entry.text("project").orElse(""),
              Instant.parse(entry.text("since").orElse(""))));
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The last entry, where it is of what was begun and has not come to its end. */
  public Optional<Entry> interrupted() {
    return last().filter(e -> e.state() == State.DEPLOYING || e.state() == State.ENDING);
  }
}
