package io.twinloom.functions.hot;

import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Order;
import io.twinloom.functions.reading.ConnectorRequest;
import io.twinloom.functions.reading.Reader;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.reading.RequestMembers;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import io.twinloom.model.time.Timestamps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers what a device measured last: as values of properties, or as the item. A measurement of
 * {@code verify} is made up, so that it is none of a twin's newest values. While the twin has hot
 * stores on several clouds it answers for all of them, unless it is asked for its own.
 */
public final class HotReaderLastEntry implements RequestBody {

  /**
   * So many items are looked through for properties that the newest has not, and for one that is no
   * verification's: what a device has not sent among so many is not looked for further.
   */
  private static final int LOOKED_THROUGH = 100;

  private final TwinInfo twin;
  private final HotStore store;
  private final List<PreviousRoute> routes;
  private final List<Reader> others;

  /**
   * Makes the reader.
   *
   * @param others the ways to such readers of the twin's other hot stores
   */
  public HotReaderLastEntry(
      TwinInfo twin, HotStore store, List<PreviousRoute> others, RemoteSenders senders) {
    this.twin = twin;
    this.store = store;
    this.routes = others;
    this.others =
        others.stream()
            .<Reader>map(other -> new Reader.Remote(senders.to(other.remote())))
            .toList();
  }

  @Override
  public List<String> warnings() {
    return PreviousRoute.warnings(routes);
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    List<Reader> asked = Reading.isForOwnStore(event) ? List.of() : others;
    if (!ConnectorRequest.isOne(event)) {
      RequestMembers.checkQuery(event);
      String device = Reading.device(event, twin);
      invocation.device(device);
      JsonArray items =
          newest(device, asked, invocation).map(JsonArray::of).orElse(JsonArray.EMPTY);
      return JsonObject.builder().put("items", items).put("count", items.size()).build();
    }
    try {
      RequestMembers.checkConnector(event, invocation);
      ConnectorRequest request = ConnectorRequest.of(event, twin);
      invocation.device(request.device());
      NewestValues values = values(request);
      for (Reader other : asked) {
        values.take(other.post(Reading.forOwnStore(event), invocation.traceId()));
      }
      return Reading.isForOwnStore(event) ? values.timed() : values.json();
    } catch (TwinloomException e) {
      return Reading.empty(e, JsonObject.EMPTY, invocation);
    }
  }

  private NewestValues values(ConnectorRequest request) {
    NewestValues values = new NewestValues(request);
    Optional<HotItem> last = newest(request.device());
    if (last.isEmpty()) {
      return values;
    }
    Set<String> wanted = request.propertiesOf(List.of(last.get().body()));
    values.take(last.get(), wanted);
    if (!values.has(wanted)) {
      for (HotItem item : before(request.device())) {
        values.take(item, wanted);
      }
    }
    return values;
  }

  private Optional<JsonObject> newest(String device, List<Reader> asked, Invocation invocation) {
    Optional<JsonObject> newest = newest(device).map(HotItem::body);
    for (Reader other : asked) {
      Map<String, String> query = Map.of("device_id", device, Reading.SCOPE, Reading.STORE);
      JsonObject answer = other.get(query, invocation.traceId());
      for (JsonValue value : answer.array("items").orElse(JsonArray.EMPTY)) {
        if (value instanceof JsonObject item
            && newest.filter(own -> !isLater(item, own)).isEmpty()) {
          newest = Optional.of(item);
        }
      }
    }
    return newest;
  }

  private static boolean isLater(JsonObject one, JsonObject other) {
    return one.text("timestamp").orElse("").compareTo(other.text("timestamp").orElse("")) > 0;
  }

  private Optional<HotItem> newest(String device) {
    Optional<HotItem> last = store.last(device);
    return last.filter(item -> VerifyMark.isOn(item.body())).isEmpty()
        ? last
        : before(device).stream().findFirst();
  }

  /** The last items of a device, the newest first, without marked ones. */
  private List<HotItem> before(String device) {
    List<HotItem> items = new ArrayList<>();
    HotStore.Page page =
        store.range(device, Timestamps.MIN, Timestamps.MAX, LOOKED_THROUGH, Order.DESCENDING);
    for (HotItem item : page.items()) {
      if (!VerifyMark.isOn(item.body())) {
        items.add(item);
      }
    }
    return items;
  }
}
