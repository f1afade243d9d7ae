package io.twinloom.local;

import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What could not be processed, over all local clouds of a twin. */
public final class LocalDeadLetters {

  /** A dead letter as it is kept; {@code event} is what replaying invokes the function with. */
  public record Kept(
      String id,
      String time,
      String function,
      Provider cloud,
      String error,
      int attempts,
      String traceId,
      JsonValue event) {}

  private static final int PAGE = 100;

  private final Map<Provider, LocalCloud> clouds;

  LocalDeadLetters(Map<Provider, LocalCloud> clouds) {
    this.clouds = clouds;
  }

  /** How many dead letters there are, over all clouds. */
  public long count() {
    return clouds.values().stream().mapToLong(cloud -> cloud.deadLetters().count()).sum();
  }

  /** The oldest dead letters, at most this many of each cloud. */
  public List<Kept> list(int limit) {
    List<Kept> all = new ArrayList<>();
    for (LocalCloud cloud : clouds.values()) {
      for (SqliteDeadLetters.Kept kept : cloud.deadLetters().list(0, limit)) {
        all.add(
            new Kept(
                prefix(cloud) + kept.id(),
                kept.time().toString(),
                kept.letter().function(),
                cloud.provider(),
                kept.letter().error(),
                kept.letter().attempts(),
                kept.letter().traceId(),
                kept.letter().event()));
      }
    }
    return all;
  }

  /**
   * Invokes the functions of these dead letters again, and forgets each once its event is in the
   * queue.
   *
   * @return why each was not, by id: empty for those that were; nothing of those that are not kept
   */
  public Map<String, Optional<String>> replay(List<String> ids) {
    Map<String, Optional<String>> outcomes = new LinkedHashMap<>();
    for (LocalCloud cloud : clouds.values()) {
      String prefix = prefix(cloud);
      for (String id : ids) {
        if (id.startsWith(prefix)) {
          number(id.substring(prefix.length()))
              .flatMap(number -> cloud.deadLetters().get(number))
              .ifPresent(kept -> outcomes.put(id, replay(cloud, kept)));
        }
      }
    }
    return outcomes;
  }

  /** The same with all that there are now; those that fail again meanwhile are not among them. */
  public Map<String, Optional<String>> replayAll() {
    Map<String, Optional<String>> outcomes = new LinkedHashMap<>();
    for (LocalCloud cloud : clouds.values()) {
      long rest = cloud.deadLetters().count();
      long after = 0;
      List<SqliteDeadLetters.Kept> page = List.of();
      do {
        for (SqliteDeadLetters.Kept kept : page) {
          outcomes.put(prefix(cloud) + kept.id(), replay(cloud, kept));
          after = kept.id();
          rest--;
        }
        page = cloud.deadLetters().list(after, Math.clamp(rest, 1, PAGE));
      } while (rest > 0 && !page.isEmpty());
    }
    return outcomes;
  }

  /** Removes those kept since a time whose event has this text in it. */
  public void remove(String text, Instant since) {
    clouds.values().forEach(cloud -> cloud.deadLetters().remove(text, since));
  }

  private static String prefix(LocalCloud cloud) {
    return cloud.provider().id() + "-";
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> replay(LocalCloud cloud, SqliteDeadLetters.Kept kept) {
    if (!(kept.letter().event() instanceof JsonObject event)) {
      return Optional.of("Its event is no JSON object.");
    }
    try {
      cloud.invoker().invokeLater(kept.letter().function(), event);
    } catch (TwinloomException e) {
      return Optional.of(e.what());
    }
    cloud.deadLetters().remove(List.of(kept.id()));
    return Optional.empty();
  }
}
