package io.twinloom.functions.hot;

import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.functions.reading.ConnectorRequest;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.reading.RequestMembers;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.time.Timestamps;
import java.util.List;
import java.util.Optional;

/**
 * Answers what a device measured last: as values of properties, or as the item. A measurement of
 * {@code verify} is made up, so that it is none of a twin's newest values.
 */
public final class HotReaderLastEntry implements RequestBody {

  /** Marked measurements are few: more of them than this in a row are no verification's. */
  private static final int MOST_MARKED = 100;

  private final TwinInfo twin;
  private final HotStore store;

  public HotReaderLastEntry(TwinInfo twin, HotStore store) {
    this.twin = twin;
    this.store = store;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    if (!ConnectorRequest.isOne(event)) {
      RequestMembers.checkQuery(event);
      String device = Reading.device(event, twin);
      invocation.device(device);
      JsonArray items = newest(device).map(JsonArray::of).orElse(JsonArray.EMPTY);
      return JsonObject.builder().put("items", items).put("count", items.size()).build();
    }
    try {
      RequestMembers.checkConnector(event, invocation);
      ConnectorRequest request = ConnectorRequest.of(event, twin);
      invocation.device(request.device());
      return values(request);
    } catch (TwinloomException e) {
      return Reading.empty(e, JsonObject.EMPTY, invocation);
    }
  }

  private JsonObject values(ConnectorRequest request) {
    Optional<JsonObject> last = newest(request.device());
    JsonObject.Builder values = JsonObject.builder();
    last.ifPresent(
        item -> {
          for (String property : request.propertiesOf(List.of(item))) {
            request
                .value(item, property)
                .ifPresent(
                    value ->
                        values.put(
                            property,
                            JsonObject.builder()
                                .put("propertyReference", request.reference(property))
                                .put("propertyValue", value)
                                .build()));
          }
        });
    return JsonObject.builder().put("propertyValues", values.build()).build();
  }

  private Optional<JsonObject> newest(String device) {
    Optional<JsonObject> last = store.last(device).map(HotItem::body);
    if (last.filter(VerifyMark::isOn).isEmpty()) {
      return last;
    }
    Page page = store.range(device, Timestamps.MIN, Timestamps.MAX, MOST_MARKED, Order.DESCENDING);
    return page.items().stream()
        .map(HotItem::body)
        .filter(body -> !VerifyMark.isOn(body))
        .findFirst();
  }
}
