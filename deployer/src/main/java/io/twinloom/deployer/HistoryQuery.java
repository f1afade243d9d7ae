package io.twinloom.deployer;

import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryPage.TierPart;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks the reader that layer 4 asks, with the deployer's right, a page at a time: the one of all
 * tiers, or, where the twin has none, the one of the hot store.
 */
final class HistoryQuery {

  /** Calls a function of the twin with the deployer's right. */
  @FunctionalInterface
  interface Calls {
    JsonValue call(String function, JsonObject event);
  }

  private static final Set<String> SYSTEM_KEYS = Set.of("id", "device_id", "timestamp", "event_id");
  private static final String HOT = "hot";

  private final Calls calls;
  private final Topology topology;

  HistoryQuery(Calls calls, Topology topology) {
    this.calls = calls;
    this.topology = topology;
  }

  HistoryPage page(HistoryRequest request) {
    JsonObject.Builder event =
        JsonObject.builder()
            .put("device_id", request.device())
            .put("limit", request.limit())
            .put("order", request.newestFirst() ? "desc" : "asc");
    request.from().ifPresent(t -> event.put("start", t));
    request.to().ifPresent(t -> event.put("end", t));
    request.page().ifPresent(t -> event.put("nextToken", t));
    JsonObject answer =
        calls.call(topology.rangeReader().name(), event.build()) instanceof JsonObject o
            ? o
            : JsonObject.EMPTY;
    HistoryPage read = HistoryJson.read(answer);
    HistoryPage page =
        answer.has("parts")
            ? read
            : new HistoryPage(
                read.items(),
                List.of(new TierPart(HOT, read.items().size())),
                read.pending(),
                read.nextToken());
    return request.property().map(p -> only(p, page)).orElse(page);
  }

  /** What is kept of a page: what has a property. */
  private static HistoryPage only(String property, HistoryPage page) {
    List<JsonObject> items = new ArrayList<>();
    List<TierPart> parts = new ArrayList<>();
    int from = 0;
    for (TierPart part : page.parts()) {
      int to = (int) Math.min(page.items().size(), from + part.items());
      List<JsonObject> kept =
          page.items().subList(from, to).stream()
              .filter(item -> item.has(property))
              .map(item -> only(property, item))
              .toList();
      if (!kept.isEmpty()) {
        items.addAll(kept);
        parts.add(new TierPart(part.tier(), kept.size()));
      }
      from = to;
    }
    return new HistoryPage(items, parts, page.pending(), page.nextToken());
  }

  private static JsonObject only(String property, JsonObject item) {
    JsonObject.Builder part = JsonObject.builder();
    item.members()
        .forEach(
            (key, member) -> {
              if (SYSTEM_KEYS.contains(key) || key.equals(property)) {
                part.put(key, member);
              }
            });
    return part.build();
  }
}
