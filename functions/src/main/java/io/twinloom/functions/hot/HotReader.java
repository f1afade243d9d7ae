package io.twinloom.functions.hot;

import io.twinloom.functions.history.HotStores;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.Page;
import io.twinloom.functions.reading.ConnectorRequest;
import io.twinloom.functions.reading.PageToken;
import io.twinloom.functions.reading.PropertyValues;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.reading.Reader;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.reading.RequestMembers;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what a device measured in a range of time: as values of properties to a twin service, as
 * items to everybody else. Always in pages, never cut silently. While the twin has hot stores on
 * several clouds it answers for all of them, unless it is asked for its own.
 */
public final class HotReader implements RequestBody {

  private final TwinInfo twin;
  private final HotStore store;
  private final List<PreviousRoute> routes;
  private final HotStores stores;

  /**
   * Makes the reader.
   *
   * @param others the ways to the hot readers of the twin's other hot stores
   */
  public HotReader(
      TwinInfo twin, HotStore store, List<PreviousRoute> others, RemoteSenders senders) {
    this.twin = twin;
    this.store = store;
    this.routes = others;
    this.stores =
        new HotStores(
            twin.providers().getOrDefault(Layer.L3_HOT.configKey(), ""),
            new OwnStore(),
            others.stream()
                .map(
                    other ->
                        new HotStores.Other(
                            other.cloud(), new Reader.Remote(senders.to(other.remote()))))
                .toList());
  }

  /** The store of this cloud as one of several. */
  private final class OwnStore implements Reader {
    @Override
    public JsonObject post(JsonObject request, String trace) {
      String device = Reading.device(request, twin);
      return items(RangeQuery.of(request, device, RangeQuery.QUERY));
    }

    @Override
    public JsonObject get(Map<String, String> query, String trace) {
      return post(Reader.request(query), trace);
    }
  }

  @Override
  public List<String> warnings() {
    return PreviousRoute.warnings(routes);
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    if (!ConnectorRequest.isOne(event)) {
      RequestMembers.checkQuery(event);
      String device = Reading.device(event, twin);
      invocation.device(device);
      RangeQuery first = RangeQuery.firstPage(event, device, RangeQuery.QUERY);
      return isOfSeveral(event, first)
          ? items(first, event, invocation)
          : items(RangeQuery.of(event, device, RangeQuery.QUERY));
    }
    try {
      RequestMembers.checkConnector(event, invocation);
      ConnectorRequest request = ConnectorRequest.of(event, twin);
      invocation.device(request.device());
      RangeQuery first = RangeQuery.firstPage(event, request.device(), RangeQuery.CONNECTOR);
      return isOfSeveral(event, first)
          ? values(request, first, event, invocation)
          : values(request, RangeQuery.of(event, request.device(), RangeQuery.CONNECTOR));
    } catch (TwinloomException e) {
      return Reading.empty(e, JsonArray.EMPTY, invocation);
    }
  }

  /** Also where its token is one of a time when there were several. */
  private boolean isOfSeveral(JsonObject event, RangeQuery query) {
    boolean tokenOfSeveral =
        RangeQuery.token(event).filter(t -> HotStores.isOfSeveral(t, query)).isPresent();
    return !Reading.isForOwnStore(event) && (!routes.isEmpty() || tokenOfSeveral);
  }

  private JsonObject items(RangeQuery query, JsonObject event, Invocation invocation) {
    HotStores.Page page = stores.page(query, RangeQuery.token(event), invocation.traceId());
    List<HotItem> items = page.items();
    return items(items, page.next(items.size()));
  }

  private JsonObject items(RangeQuery query) {
    Page page = query.page(store);
    return items(
        page.items(),
        page.more()
            ? Optional.of(PageToken.of(page.items().getLast().timestamp(), query))
            : Optional.empty());
  }

  private static JsonObject items(List<HotItem> items, Optional<String> next) {
    List<JsonValue> bodies = new ArrayList<>(items.size());
    for (HotItem item : items) {
      bodies.add(item.body());
    }
    JsonObject.Builder answer =
        JsonObject.builder().put("items", new JsonArray(bodies)).put("count", bodies.size());
    next.ifPresent(token -> answer.put("nextToken", token));
    return answer.build();
  }

  private JsonObject values(
      ConnectorRequest request, RangeQuery query, JsonObject event, Invocation invocation) {
    HotStores.Page page = stores.page(query, RangeQuery.token(event), invocation.traceId());
    PropertyValues values = new PropertyValues(request, page.items());
    JsonObject.Builder answer = JsonObject.builder().put("propertyValues", values.json());
    page.next(values.count()).ifPresent(token -> answer.put("nextToken", token));
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
