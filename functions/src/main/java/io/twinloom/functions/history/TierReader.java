package io.twinloom.functions.history;

import io.twinloom.functions.history.ChunkTier.Part;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.InvocationLog.Level;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.reading.RequestMembers;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers with the items that a device has in one of the colder tiers, and says which of the range
 * must be restored before it can be read. Always in pages, never cut silently. The cold reader and
 * the archive reader differ in their store only.
 */
public final class TierReader implements RequestBody {

  private final TwinInfo twin;
  private final ChunkTier tier;

  /**
   * @param store that of the tier
   */
  public TierReader(TwinInfo twin, ObjectStore store) {
    this.twin = twin;
    this.tier = new ChunkTier(store);
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    RequestMembers.checkQuery(event);
    String device = Reading.device(event, twin);
    invocation.device(device);
    RangeQuery query = RangeQuery.firstPage(event, device, RangeQuery.QUERY);
    Optional<Place> after =
        RangeQuery.token(event).map(token -> PlaceToken.of(token, query).after());
    Part part = tier.read(device, query.start(), query.end(), after, query.limit(), query.order());
    for (String chunk : part.damaged()) {
      invocation.count("chunk-damaged");
      invocation.note(Level.WARN, "A damaged chunk is left out: " + chunk + ".", Map.of());
    }
    List<JsonValue> items = new ArrayList<>(part.items().size());
    part.items().forEach(item -> items.add(item.body()));
    JsonObject.Builder answer =
        JsonObject.builder()
            .put("items", new JsonArray(items))
            .put("count", items.size())
            .put(
                "pending",
                new JsonArray(part.pending().stream().<JsonValue>map(Pending::toJson).toList()));
    if (part.more()) {
      Place last = part.items().getLast().place();
      answer.put("nextToken", PlaceToken.behind(last).text(query));
    }
    return answer.build();
  }
}
