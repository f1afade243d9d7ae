package io.twinloom.server.live;

import io.twinloom.deployer.control.LogLine;
import io.twinloom.deployer.control.LogQuery;
import io.twinloom.deployer.device.DeviceClient;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.trace.TraceId;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.server.twin.RunningTwins;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The routes of what is seen of a twin that runs. */
public final class LiveRoutes {

  /** What figures are over where nothing else is said. */
  public static final Duration WINDOW = Duration.ofMinutes(15);

  private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(10);

  private final RunningTwins twins;
  private final LiveViews views;

  public LiveRoutes(RunningTwins twins, LiveViews views) {
    this.twins = twins;
    this.views = views;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/ledger", this::ledger)
        .get("/projects/{project}/traffic", this::traffic)
        .get("/projects/{project}/values", this::values)
        .get(
            "/projects/{project}/devices",
            r -> DevicesView.json(twins.of(r), views.simulator(twins.of(r)).devices()))
        .post("/projects/{project}/devices/{device}/messages", this::send)
        .get("/projects/{project}/tiers", r -> TiersView.json(twins.of(r)))
        .get("/projects/{project}/tiers/{tier}/chunks", this::chunks)
        .get("/projects/{project}/logs", this::logs)
        .get("/projects/{project}/traces", this::traces)
        .get("/traces/{trace}", this::trace)
        .get(
            "/projects/{project}/entities",
            r -> views.entities().json(twins.of(r), r.query("at").time("at")))
        .get("/projects/{project}/firings", this::firings)
        .get("/projects/{project}/ticks", this::ticks);
  }

  private JsonObject ledger(ApiRequest request) {
    Parameters query = request.query("window", "at");
    RunningProject twin = twins.of(request);
    return LedgerView.json(twin, window(query), at(twin, query));
  }

  private JsonObject traffic(ApiRequest request) {
    Parameters query = request.query("window", "at");
    RunningProject twin = twins.of(request);
    return views.traffic().json(twin, window(query), at(twin, query));
  }

  private static Duration window(Parameters query) {
    return query.duration("window", LiveTwin.KEPT).orElse(WINDOW);
  }

  /** An instant whose figures are kept; empty: now. */
  private Optional<Instant> at(RunningProject twin, Parameters query) {
    Optional<Instant> at = query.time("at").filter(then -> then.isBefore(views.now()));
    Instant kept = views.now().minus(LiveTwin.KEPT);
    Instant first = twin.live().started().isAfter(kept) ? twin.live().started() : kept;
    if (at.filter(first::isAfter).isPresent()) {
      throw ApiException.notFound(
          "Counts are kept for an hour of a run: those of before " + first + " are not there.",
          "at");
    }
    return at;
  }

  private JsonObject values(ApiRequest request) {
    Parameters query = request.query("at", "device", "recent");
    return views
        .values()
        .json(
            twins.of(request),
            query.text("device"),
            query.time("at"),
            query.whole("recent", 0, 200).orElse(ValuesView.RECENT));
  }

  private JsonObject send(ApiRequest request) {
    RunningProject twin = twins.of(request);
    String device = request.in("device");
    if (request.body().length == 0) {
      throw ApiException.body("The body is empty: a message is a JSON object.");
    }
    JsonObject message = request.json();
    if (!twin.project().project().hasDevice(device)) {
      throw ApiException.notFound("The twin has no device of this id.", device);
    }
    try (DeviceClient client =
        twin.target()
            .devices("twinloom-api-" + request.id().substring(request.id().length() - 8))
            .orElseThrow(() -> twin.target().absent(twin.project().topology().twin()))) {
      client
          .publish(device, Json.bytes(message))
          .toCompletableFuture()
          .get(ACKNOWLEDGED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
      return sent(twin, device, true);
    } catch (ExecutionException | TimeoutException e) {
      return sent(twin, device, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return sent(twin, device, false);
    }
  }

  private static JsonObject sent(RunningProject twin, String device, boolean acknowledged) {
    return JsonObject.builder()
        .put("device", device)
        .put("acknowledged", acknowledged)
        .put("topic", "dt/" + twin.project().topology().twin() + "/" + device + "/telemetry")
        .build();
  }

  private JsonObject chunks(ApiRequest request) {
    Parameters query = request.query("device", "limit");
    String tier = request.in("tier");
    if (!Set.of("cold", "archive").contains(tier)) {
      throw ApiException.notFound("Only cold and archive have chunks.", tier);
    }
    int limit = query.whole("limit", 1, 1_000).orElse(100);
    return TiersView.chunks(twins.of(request), tier, query.text("device"), limit);
  }

  private JsonObject logs(ApiRequest request) {
    Parameters query =
        request.query("function", "device", "trace", "level", "since", "text", "limit");
    LogQuery.Builder asked =
        LogQuery.builder()
            .function(query.text("function"))
            .device(query.text("device"))
            .trace(query.text("trace").map(TraceId::ofW3c))
            .level(query.word("level", Set.copyOf(LogQuery.LEVELS)).orElse("DEBUG"))
            .since(query.time("since"));
    int limit = query.whole("limit", 1, 10_000).orElse(200);
    Optional<String> text = query.text("text");
    if (text.isEmpty()) {
      asked.tail(OptionalInt.of(limit));
    }
    List<JsonValue> lines = new ArrayList<>();
    twins
        .of(request)
        .target()
        .logs(
            asked.build(),
            line -> {
              if (text.map(t -> holds(line, t)).orElse(true)) {
                lines.add(line.json());
              }
            });
    List<JsonValue> newest = lines.subList(Math.max(0, lines.size() - limit), lines.size());
    return JsonObject.builder().put("items", new JsonArray(newest)).build();
  }

  private static boolean holds(LogLine line, String text) {
    return Json.text(line.json()).contains(text);
  }

  private JsonObject traces(ApiRequest request) {
    Parameters query = request.query("device", "function", "outcome", "minMs", "since", "limit");
    return TracesView.list(
        twins.of(request),
        new TracesView.Wanted(
            query.text("device"),
            query.text("function"),
            query.word("outcome", Set.of("ok", "failed")),
            query.decimal("minMs", 0, Double.MAX_VALUE),
            query.time("since")),
        query.whole("limit", 1, 500).orElse(50));
  }

  /** Of whichever twin has it. */
  private JsonObject trace(ApiRequest request) {
    boolean otlp =
        request
            .query("format")
            .word("format", Set.of("waterfall", "otlp"))
            .equals(Optional.of("otlp"));
    String id = TraceId.ofW3c(request.in("trace"));
    for (RunningProject twin : twins.byId().values()) {
      JsonObject trace = TracesView.waterfall(twin, id);
      boolean kept = trace.array("spans").filter(spans -> spans.size() > 0).isPresent();
      if (kept) {
        return otlp ? TracesView.otlp(twin, id) : trace;
      }
    }
    throw ApiException.notFound(
        "The log has no line of this trace: it is not kept, or there was none.", id);
  }

  private JsonObject firings(ApiRequest request) {
    Parameters query = request.query("rule", "device", "kind", "since", "until", "limit");
    return FiringsView.json(
        twins.of(request),
        new LiveTwin.FiringQuery(
            query.whole("rule", 1, 1_000_000),
            query.text("device"),
            query.word("kind", Set.of("fired", "skipped", "command")),
            query.time("since"),
            query.time("until")),
        query.whole("limit", 1, 1_000).orElse(100));
  }

  private JsonObject ticks(ApiRequest request) {
    Parameters query = request.query("from", "to");
    Instant to = query.time("to").orElseGet(views::now);
    Instant from = query.time("from").orElse(to.minus(WINDOW));
    return TicksView.json(twins.of(request), from, to, List.of());
  }
}
