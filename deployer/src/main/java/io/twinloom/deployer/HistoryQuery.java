package io.twinloom.deployer;

import io.twinloom.deployer.DeployedTwin.Query;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Asks the reader that layer 4 asks, with the deployer's right, a page at a time: the one of all
 * tiers, or, where the twin has none, the one of the hot store.
 */
public final class HistoryQuery {

  /** Calls a function of the twin with the deployer's right. */
  @FunctionalInterface
  public interface Calls {
    JsonValue call(String function, JsonObject event);
  }

  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "timestamp", "event_id");
  private static final List<String> TIERS = List.of("hot", "cold", "archive");

  private final Calls calls;
  private final Topology topology;

  public HistoryQuery(Calls calls, Topology topology) {
    this.calls = calls;
    this.topology = topology;
  }

  /** The page as {@link DeployedTwin#query} gives it. */
  public JsonObject page(Query query) {
    JsonObject.Builder event =
        JsonObject.builder()
            .put("device_id", query.device())
            .put("limit", query.limit())
            .put("order", query.newestFirst() ? "desc" : "asc");
    query.from().ifPresent(t -> event.put("start", t));
    query.to().ifPresent(t -> event.put("end", t));
    query.page().ifPresent(t -> event.put("nextToken", t));
    JsonObject answer =
        calls.call(reader(), event.build()) instanceof JsonObject o ? o : JsonObject.EMPTY;
    Parts parts = new Parts(query.property());
    JsonArray items = answer.array("items").orElse(JsonArray.EMPTY);
    JsonArray given =
        answer
            .array("parts")
            .orElseGet(() -> JsonArray.of(Parts.part(TIERS.getFirst(), items.size())));
    int from = 0;
    for (JsonValue value : given) {
      if (value instanceof JsonObject part && part.get("items") instanceof JsonNumber n) {
        int to = Math.min(items.size(), from + n.asDecimal().intValue());
        parts.add(part.text("tier").orElse(""), items.values().subList(from, to));
        from = to;
      }
    }
    JsonObject.Builder page =
        JsonObject.builder()
            .put("items", new JsonArray(parts.items))
            .put("tiers", parts.tiers())
            .put("parts", new JsonArray(parts.parts))
            .put("pending", answer.array("pending").orElse(JsonArray.EMPTY));
    answer.text("nextToken").ifPresent(t -> page.put("nextToken", t));
    return page.build();
  }

  private String reader() {
    return Stream.of(
            FunctionKind.HISTORY_READER, FunctionKind.DATA_CONNECTOR, FunctionKind.HOT_READER)
        .flatMap(kind -> topology.function(kind).stream())
        .map(DeployedFunction::name)
        .findFirst()
        .orElseThrow();
  }

  /** What is kept of a page: all of it, or what has a property. */
  private static final class Parts {
    private final Optional<String> property;
    private final List<JsonValue> items = new ArrayList<>();
    private final List<JsonValue> parts = new ArrayList<>();
    private final Map<String, Integer> tiers = new TreeMap<>();

    Parts(Optional<String> property) {
      this.property = property;
    }

    static JsonObject part(String tier, int items) {
      return JsonObject.builder().put("tier", tier).put("items", items).build();
    }

    void add(String tier, List<JsonValue> from) {
      List<JsonValue> kept = property.map(p -> only(p, from)).orElse(from);
      if (!kept.isEmpty()) {
        items.addAll(kept);
        parts.add(part(tier, kept.size()));
        tiers.merge(tier, kept.size(), Integer::sum);
      }
    }

    /** Those that have items; the hot one where none has. */
    JsonArray tiers() {
      List<JsonValue> all = new ArrayList<>();
      for (String tier : TIERS) {
        Integer count = tiers.get(tier);
        if (count != null) {
          all.add(part(tier, count));
        }
      }
      return all.isEmpty() ? JsonArray.of(part(TIERS.getFirst(), 0)) : new JsonArray(all);
    }

    private static List<JsonValue> only(String property, List<JsonValue> items) {
      List<JsonValue> kept = new ArrayList<>();
      for (JsonValue value : items) {
        if (value instanceof JsonObject item && item.has(property)) {
          JsonObject.Builder part = JsonObject.builder();
          item.members()
              .forEach(
                  (key, member) -> {
                    if (SYSTEM_KEYS.contains(key) || key.equals(property)) {
                      part.put(key, member);
                    }
                  });
          kept.add(part.build());
        }
      }
      return kept;
    }
  }
}
