package io.twinloom.local.deploy;

import io.twinloom.deployer.DeployedTwin.Query;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks the reader of the hot store with the deployer's right, a page at a time. */
final class HotQuery {

  private static final int PAGE = 1_000;
  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "timestamp", "event_id");

  private final LocalClouds clouds;
  private final Topology topology;

  HotQuery(LocalClouds clouds, Topology topology) {
    this.clouds = clouds;
    this.topology = topology;
  }

  /** The page as {@link io.twinloom.deployer.DeployedTwin#query} gives it. */
  JsonObject page(Query query) {
    JsonObject.Builder event =
        JsonObject.builder().put("device_id", query.device()).put("limit", PAGE);
    query.from().ifPresent(t -> event.put("start", t));
    query.to().ifPresent(t -> event.put("end", t));
    query.page().ifPresent(t -> event.put("nextToken", t));
    String reader = topology.function(FunctionKind.HOT_READER).orElseThrow().name();
    JsonObject answer =
        clouds.call(reader, event.build()) instanceof JsonObject o ? o : JsonObject.EMPTY;
    List<JsonValue> items =
        query
            .property()
            .map(p -> only(p, answer))
            .orElseGet(() -> answer.array("items").orElse(JsonArray.EMPTY).values());
    JsonObject.Builder page =
        JsonObject.builder()
            .put("items", new JsonArray(items))
            .put(
                "tiers",
                JsonArray.of(
                    JsonObject.builder().put("tier", "hot").put("items", items.size()).build()))
            .put("pending", JsonArray.EMPTY);
    answer.text("nextToken").ifPresent(t -> page.put("nextToken", t));
    return page.build();
  }

  private static List<JsonValue> only(String property, JsonObject answer) {
    List<JsonValue> kept = new ArrayList<>();
    for (JsonValue value : answer.array("items").orElse(JsonArray.EMPTY)) {
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
