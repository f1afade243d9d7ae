package io.twinloom.functions.history;

import io.twinloom.functions.history.Merged.Item;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.FunctionInvoker;
import io.twinloom.functions.port.HotItem;
import io.twinloom.functions.reading.ConnectorRequest;
import io.twinloom.functions.reading.PropertyValues;
import io.twinloom.functions.reading.RangeQuery;
import io.twinloom.functions.reading.Reader;
import io.twinloom.functions.reading.Reading;
import io.twinloom.functions.reading.RequestMembers;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.PreviousRoute;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.model.Names;
import io.twinloom.model.TwinloomException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Answers a range over all tiers: each item once, in the order of time, with the tier that it came
 * from, and with what must be restored before it can be read. As items, or in the form of
 * TwinMaker's connectors.
 */
public final class HistoryReader implements RequestBody {

  private final TwinInfo twin;
  private final List<Tier> tiers;
  private final List<String> warnings;

  /**
   * The way to a tier's reader.
   *
   * @param cloud where the store is
   * @param local the reader's name, where it is on this cloud
   */
  public record Way(String cloud, Route route, String local) {}

  /**
   * The ways to the readers.
   *
   * @param hot to one that answers for all hot stores
   * @param cold to the readers of the cold stores, that of the present one first
   * @param archive the same of the archives
   */
  public record Settings(Way hot, List<Way> cold, List<Way> archive) {

    /**
     * Reads {@code REMOTE_READER_URL}, {@code REMOTE_COLD_READER_URL}, {@code
     * REMOTE_ARCHIVE_READER_URL} and their tokens; for those of its own cloud {@code
     * LOCAL_HOT_READER_NAME}, {@code LOCAL_COLD_READER_NAME} and {@code LOCAL_ARCHIVE_READER_NAME},
     * by default the names that the twin's functions have. While a colder tier has several stores,
     * {@code REMOTE_PREVIOUS_1_COLD_READER_URL} and so on lead to the others.
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      // Where there is no layer 4, this runs beside the hot store.
      return of(twin.hasLayer(Layer.L4) ? Layer.L4 : Layer.L3_HOT, environment, twin);
    }

    /** The same for a function of a layer that reads all tiers itself. */
    public static Settings of(Layer own, Environment environment, TwinInfo twin) {
      List<RemoteRouteSetting> all =
          List.of(
              new RemoteRouteSetting("READER", own, Layer.L3_HOT),
              new RemoteRouteSetting("COLD_READER", own, Layer.L3_COLD),
              new RemoteRouteSetting("ARCHIVE_READER", own, Layer.L3_ARCHIVE));
      return new Settings(
          way(0, all, "LOCAL_HOT_READER_NAME", FunctionKind.HOT_READER, environment, twin),
          ways(1, all, "LOCAL_COLD_READER_NAME", FunctionKind.COLD_READER, environment, twin),
          ways(
              2, all, "LOCAL_ARCHIVE_READER_NAME", FunctionKind.ARCHIVE_READER, environment, twin));
    }

    /** The way to the present store's reader, and to those of the others. */
    private static List<Way> ways(
        int index,
        List<RemoteRouteSetting> all,
        String variable,
        FunctionKind kind,
        Environment environment,
        TwinInfo twin) {
      List<Way> ways = new ArrayList<>();
      Way present = way(index, all, variable, kind, environment, twin);
      ways.add(present);
      RemoteRouteSetting crossing = all.get(index);
      PreviousRoute.of(crossing.remote(), crossing.from(), crossing.to(), environment, twin)
          .forEach(other -> ways.add(new Way(other.cloud(), other.route(), present.local())));
      return List.copyOf(ways);
    }

    private static Way way(
        int index,
        List<RemoteRouteSetting> all,
        String variable,
        FunctionKind kind,
        Environment environment,
        TwinInfo twin) {
      List<RemoteRouteSetting> others = new ArrayList<>(all);
      RemoteRouteSetting crossing = others.remove(index);
      return new Way(
          twin.providers().getOrDefault(crossing.to().configKey(), ""),
          crossing.route(environment, twin, others),
          environment.optional(variable).orElse(Names.function(twin.twin(), kind)));
    }
  }

  public HistoryReader(
      Settings settings, TwinInfo twin, RemoteSenders senders, FunctionInvoker invoker) {
    this.twin = twin;
    this.warnings =
        Stream.of(List.of(settings.hot()), settings.cold(), settings.archive())
            .flatMap(List::stream)
            .flatMap(way -> way.route().warnings().stream())
            .toList();
    this.tiers =
        Stream.of(
                tier("hot", List.of(settings.hot()), senders, invoker),
                tier("cold", settings.cold(), senders, invoker),
                tier("archive", settings.archive(), senders, invoker))
            .flatMap(List::stream)
            .toList();
  }

  private static List<Tier> tier(
      String tier, List<Way> ways, RemoteSenders senders, FunctionInvoker invoker) {
    List<Tier> stores = new ArrayList<>();
    for (Way way : ways) {
      Reader reader = Reader.along(way.route(), way.local(), senders, invoker);
      stores.add(
          ways.size() == 1
              ? Tier.all(tier, way.cloud(), reader)
              : Tier.store(tier, way.cloud(), reader));
    }
    return stores;
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    if (!ConnectorRequest.isOne(event)) {
      RequestMembers.checkQuery(event);
      String device = Reading.device(event, twin);
      invocation.device(device);
      return items(
          event, RangeQuery.firstPage(event, device, RangeQuery.QUERY), invocation.traceId());
    }
    try {
      RequestMembers.checkConnector(event, invocation);
      ConnectorRequest request = ConnectorRequest.of(event, twin);
      invocation.device(request.device());
      RangeQuery query = RangeQuery.firstPage(event, request.device(), RangeQuery.CONNECTOR);
      return values(event, request, query, invocation);
    } catch (TwinloomException e) {
      return Reading.empty(e, JsonArray.EMPTY, invocation);
    }
  }

  /**
   * Answers a query for items to a function that reads all tiers itself, as one that is invoked
   * does.
   */
  public JsonObject items(JsonObject event, String trace) {
    String device = Reading.device(event, twin);
    return items(event, RangeQuery.firstPage(event, device, RangeQuery.QUERY), trace);
  }

  private Merged page(JsonObject event, RangeQuery query, String trace) {
    Optional<PlaceToken> token = RangeQuery.token(event).map(t -> PlaceToken.of(t, query));
    return new MergedReading(tiers, query, token, trace).read();
  }

  private JsonObject items(JsonObject event, RangeQuery query, String trace) {
    Merged page = page(event, query, trace);
    JsonObject.Builder answer =
        JsonObject.builder()
            .put("items", new JsonArray(page.bodies()))
            .put("count", page.items().size());
    page.next().ifPresent(next -> answer.put("nextToken", next.text(query)));
    return described(answer, page);
  }

  private JsonObject values(
      JsonObject event, ConnectorRequest request, RangeQuery query, Invocation invocation) {
    Merged page = page(event, query, invocation.traceId());
    List<HotItem> items = new ArrayList<>(page.items().size());
    for (Item item : page.items()) {
      Place place = item.found().place();
      items.add(new HotItem(query.device(), place.timestamp(), place.event(), item.found().body()));
    }
    PropertyValues values = new PropertyValues(request, items);
    Merged given = page.first(values.count());
    JsonObject.Builder answer = JsonObject.builder().put("propertyValues", values.json());
    given.next().ifPresent(next -> answer.put("nextToken", next.text(query)));
    return described(answer, given);
  }

  private static JsonObject described(JsonObject.Builder answer, Merged page) {
    return answer
        .put("tiers", page.tiersJson())
        .put("parts", page.partsJson())
        .put("pending", page.pendingJson())
        .build();
  }
}
