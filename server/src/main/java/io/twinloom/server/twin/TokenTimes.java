package io.twinloom.server.twin;

import io.twinloom.deployer.PrivateFiles;
import io.twinloom.deployer.control.TokenList;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Since when each connection of a twin has had the token that it sends, written down in the twin's
 * data folder by the token's fingerprint. Tokens that were there before this was first written are
 * as old as the folder, if it is new, and else of no known age. Safe for threads.
 */
public final class TokenTimes {

  private static final String FILE = "token-times.json";

  /** Made with the folder. */
  private static final String FORMAT = "format.json";

  private static final String SINCE = "since";
  private static final String FINGERPRINT = "fingerprint";

  /** A folder that was made so short before a start was made for it. */
  private static final Duration NEW = Duration.ofMinutes(10);

  private record Known(String fingerprint, Optional<Instant> since) {}

  private final RunningProject twin;
  private final InstantSource clock;
  private final Map<String, Known> known = new TreeMap<>();

  private TokenTimes(RunningProject twin, InstantSource clock) {
    this.twin = twin;
    this.clock = clock;
  }

  /** Those of a twin that starts now. */
  static TokenTimes of(RunningProject twin, InstantSource clock) {
    TokenTimes times = new TokenTimes(twin, clock);
    Path file = twin.data().resolve(FILE);
    if (Files.exists(file)) {
      times.read(file);
      times.refresh();
    } else {
      times.look(times.made());
    }
    return times;
  }

  /** When the folder was made; empty where that is long ago. */
  private Optional<Instant> made() {
    try {
      Instant made = Files.getLastModifiedTime(twin.data().resolve(FORMAT)).toInstant();
      return Optional.of(made).filter(t -> t.plus(NEW).isAfter(twin.live().started()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void read(Path file) {
    try {
      Json.parseObject(Files.readAllBytes(file))
          .members()
          .forEach(
              (id, value) -> {
                if (value instanceof JsonObject of) {
                  known.put(id, new Known(of.text(FINGERPRINT).orElse(""), time(of)));
                }
              });
    } catch (IOException | IllegalArgumentException e) {
      known.clear();
    }
  }

  private static Optional<Instant> time(JsonObject of) {
    try {
      return of.text(SINCE).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Tokens that are other ones than before are of now. */
  public void refresh() {
    look(Optional.of(clock.instant()));
  }

  private synchronized void look(Optional<Instant> changed) {
    boolean other = false;
    for (TokenList.Token token : TokenList.of(twin.target().connections()).tokens()) {
      String fingerprint = token.fingerprints().getFirst();
      Known before = known.get(token.id());
      if (before == null || !before.fingerprint().equals(fingerprint)) {
        known.put(token.id(), new Known(fingerprint, changed));
        other = true;
      }
    }
    if (other) {
      PrivateFiles.write(twin.data().resolve(FILE), Json.bytes(json()));
    }
  }

  private JsonObject json() {
    JsonObject.Builder all = JsonObject.builder();
    known.forEach(
        (id, of) -> {
          JsonObject.Builder one = JsonObject.builder().put(FINGERPRINT, of.fingerprint());
          of.since().ifPresent(time -> one.put(SINCE, time.toString()));
          all.put(id, one.build());
        });
    return all.build();
  }

  /** Since when a connection has had its token; empty where that is not known. */
  public synchronized Optional<Instant> since(String connection) {
    return Optional.ofNullable(known.get(connection)).flatMap(Known::since);
  }
}
