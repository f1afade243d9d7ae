package io.twinloom.local;

import io.twinloom.local.store.SqliteDeadLetters;
import io.twinloom.model.Provider;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import java.util.ArrayList;
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
                cloud.provider().id() + "-" + kept.id(),
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
   * @return how many there were
   */
  public int replay(List<String> ids) {
    int replayed = 0;
    for (LocalCloud cloud : clouds.values()) {
      String prefix = cloud.provider().id() + "-";
      for (String id : ids) {
        if (id.startsWith(prefix) && replay(cloud, id.substring(prefix.length()))) {
          replayed++;
        }
      }
    }
    return replayed;
  }

  private static boolean replay(LocalCloud cloud, String number) {
    long id;
    try {
      id = Long.parseLong(number);
    } catch (NumberFormatException e) {
      return false;
    }
    Optional<SqliteDeadLetters.Kept> kept = cloud.deadLetters().get(id);
    if (kept.isPresent() && kept.get().letter().event() instanceof JsonObject event) {
      cloud.host().invokeLater(kept.get().letter().function(), event);
      cloud.deadLetters().remove(List.of(id));
      return true;
    }
    return false;
  }
}
