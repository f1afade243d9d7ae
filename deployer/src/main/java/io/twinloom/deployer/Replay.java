package io.twinloom.deployer;

import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of dead letters whose functions were to be invoked again.
 *
 * @param replayed how many are in their queues again, and no dead letters any more
 * @param left those that are dead letters still
 */
public record Replay(int replayed, List<Left> left) {

  private static final String UNKNOWN = "There is no such dead letter.";

  /** A dead letter that stays one, and why. */
  public record Left(String id, String why) {}

  public Replay {
    left = List.copyOf(left);
  }

  /**
   * Made of what became of each.
   *
   * @param asked the ids that were asked for; empty where it was all that there are
   * @param outcomes why a letter is left, by id; empty where it is not
   */
  public static Replay of(List<String> asked, Map<String, Optional<String>> outcomes) {
    List<Left> left = new ArrayList<>();
    outcomes.forEach((id, why) -> why.ifPresent(text -> left.add(new Left(id, text))));
    int replayed = outcomes.size() - left.size();
    asked.stream()
        .filter(id -> !outcomes.containsKey(id))
        .forEach(id -> left.add(new Left(id, UNKNOWN)));
    return new Replay(replayed, left);
  }

  /** Reads what {@link #toJson} writes. */
  public static Replay of(JsonObject json) {
    List<Left> left = new ArrayList<>();
    for (JsonValue value : json.array("left").orElse(JsonArray.EMPTY)) {
      if (value instanceof JsonObject one) {
        left.add(new Left(one.text("id").orElse(""), one.text("why").orElse("")));
      }
    }
    int replayed = json.get("replayed") instanceof JsonNumber n ? n.asDecimal().intValue() : 0;
    return new Replay(replayed, left);
  }

  /** {@code {"replayed", "left": [{"id", "why"}]}}. */
  public JsonObject toJson() {
    List<JsonValue> all = new ArrayList<>();
    left.forEach(
        one -> all.add(JsonObject.builder().put("id", one.id()).put("why", one.why()).build()));
    return JsonObject.builder().put("replayed", replayed).put("left", new JsonArray(all)).build();
  }
}
