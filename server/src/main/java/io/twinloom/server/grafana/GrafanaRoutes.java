package io.twinloom.server.grafana;

import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.time.Timestamps;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The routes of {@code /grafana/…}: each answers {@code {"rows": […]}}. */
public final class GrafanaRoutes {

  private static final int MOST_ROWS = 100_000;
  private static final int USUAL_ROWS = 10_000;

  private final Function<Optional<String>, RunningProject> twins;
  private final InstantSource clock;

  /**
   * @param twins the twin of a project, or the only one where none is named
   * @param clock what a time such as now is
   */
  public GrafanaRoutes(Function<Optional<String>, RunningProject> twins, InstantSource clock) {
    this.twins = twins;
    this.clock = clock;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/grafana/health", this::health)
        .get("/grafana/devices", r -> rows(r, (twin, q) -> new DeviceRows(twin).devices()))
        .get(
            "/grafana/properties",
            r -> rows(r, (twin, q) -> new DeviceRows(twin).properties(q.text("device")), "device"))
        .get(
            "/grafana/latest",
            r -> rows(r, (twin, q) -> new DeviceRows(twin).latest(q.text("device")), "device"))
        .get("/grafana/series", this::series)
        .get("/grafana/layers", r -> rows(r, (twin, q) -> new StatusRows(twin).layers()))
        .get("/grafana/functions", r -> rows(r, (twin, q) -> new StatusRows(twin).functions()))
        .get("/grafana/connections", r -> rows(r, (twin, q) -> new StatusRows(twin).connections()))
        .get("/grafana/rules", r -> rows(r, (twin, q) -> new StatusRows(twin).rules()))
        .get("/grafana/tiers", r -> rows(r, (twin, q) -> new StatusRows(twin).tiers()))
        .get("/grafana/summary", r -> rows(r, (twin, q) -> new StatusRows(twin).summary()))
        .get("/grafana/nodes", r -> rows(r, (twin, q) -> new NodeGraph(twin).nodes()))
        .get("/grafana/edges", r -> rows(r, (twin, q) -> new NodeGraph(twin).edges()))
        .get("/grafana/logs", this::logs);
  }

  private JsonObject health(ApiRequest request) {
    String twin = twin(request.query("project")).project().topology().twin();
    return JsonObject.builder().put("status", "ok").put("twin", twin).build();
  }

  private RunningProject twin(Parameters query) {
    return twins.apply(query.text("project"));
  }

  private JsonObject rows(
      ApiRequest request,
      BiFunction<RunningProject, Parameters, List<JsonObject>> made,
      String... known) {
    String[] all = Arrays.copyOf(known, known.length + 1);
    all[known.length] = "project";
    Parameters query = request.query(all);
    return answer(made.apply(twin(query), query));
  }

  private static JsonObject answer(List<JsonObject> rows) {
    return JsonObject.builder().put("rows", new JsonArray(List.<JsonValue>copyOf(rows))).build();
  }

  private JsonObject series(ApiRequest request) {
    Parameters query =
        request.query("project", "device", "property", "from", "to", "interval", "limit");
    Instant to = query.time("to").orElseGet(clock::instant);
    Instant from = query.time("from").orElseGet(() -> to.minusSeconds(3600));
    if (from.isAfter(to)) {
      throw ApiException.parameter("from", "It is after to.");
    }
    SeriesRows series =
        new SeriesRows(
            twin(query).control(),
            query.needed("device"),
            query.needed("property"),
            Timestamps.of(from),
            Timestamps.of(to));
    int limit = query.whole("limit", 1, MOST_ROWS).orElse(USUAL_ROWS);
    return query
        .whole("interval", 1, Integer.MAX_VALUE)
        .map(millis -> answer(series.buckets(millis, limit)))
        .orElseGet(() -> answer(series.values(limit)));
  }

  private JsonObject logs(ApiRequest request) {
    Parameters query = request.query("project", "from", "device", "level", "limit");
    String level = query.word("level", Set.copyOf(LogRows.LEVELS)).orElse("INFO");
    int limit = query.whole("limit", 1, USUAL_ROWS).orElse(1_000);
    Supplier<Instant> hour = () -> clock.instant().minusSeconds(3600);
    return answer(
        new LogRows(twin(query).target())
            .lines(query.time("from").orElseGet(hour), query.text("device"), level, limit));
  }
}
