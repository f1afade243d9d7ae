package io.twinloom.functions.hot;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.functions.reading.ConnectorRequest;
import io.twinloom.functions.reading.PageToken;
import io.twinloom.functions.reading.PropertyValues;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.reading.RequestMembers;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers what a device measured in a range of time: as values of properties to a twin service, as
 * items to everybody else. Always in pages, never cut silently.
 */
public final class HotReader implements RequestBody {

  private final TwinInfo twin;
  private final HotStore store;

  public HotReader(TwinInfo twin, HotStore store) {
    this.twin = twin;
    this.store = store;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    if (!ConnectorRequest.isOne(event)) {
      RequestMembers.checkQuery(event);
      String device = Reading.device(event, twin);
      invocation.device(device);
      return items(RangeQuery.of(event, device, RangeQuery.QUERY));
    }
    try {
      RequestMembers.checkConnector(event, invocation);
      ConnectorRequest request = ConnectorRequest.of(event, twin);
      invocation.device(request.device());
      return values(request, RangeQuery.of(event, request.device(), RangeQuery.CONNECTOR));
    } catch (TwinloomException e) {
      return Reading.empty(e, JsonArray.EMPTY, invocation);
    }
  }

  private JsonObject items(RangeQuery query) {
    Page page = query.page(store);
    List<JsonValue> bodies = new ArrayList<>(page.items().size());
    for (HotItem item : page.items()) {
      bodies.add(item.body());
    }
    JsonObject.Builder answer =
        JsonObject.builder().put("items", new JsonArray(bodies)).put("count", bodies.size());
    if (page.more()) {
      answer.put("nextToken", PageToken.of(page.items().getLast().timestamp(), query));
    }
    return answer.build();
  }

  private JsonObject values(ConnectorRequest request, RangeQuery query) {
    Page page = query.page(store);
    PropertyValues values = new PropertyValues(request, page.items());
    JsonObject.Builder answer = JsonObject.builder().put("propertyValues", values.json());
    if (page.more() || values.count() < page.items().size()) {
      String last = page.items().get(values.count() - 1).timestamp();
      answer.put("nextToken", PageToken.of(last, query));
    }
    return answer.build();
  }
}
