package io.twinloom.server;

import io.twinloom.deployer.cloud.CloudSupport;
import io.twinloom.http.Response;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.Layer;
import io.twinloom.model.Provider;
import io.twinloom.server.api.ApiDocument;
import io.twinloom.server.api.ErrorTable;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Problems;
import io.twinloom.server.http.Routes;
import io.twinloom.server.http.StaticFiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/** The routes of the server itself: its page, its document, its health, what it can do. */
final class SystemRoutes {

  /**
   * What a server of this kind offers beyond a running twin.
   *
   * @param mode {@code up} or {@code serve}
   */
  record Features(String mode, boolean uploads, boolean deployments, boolean cost) {}

  private final ServerOptions options;
  private final Features features;
  private final InstantSource clock;
  private final Instant started;
  private final StaticFiles files;
  private final ApiDocument document = ApiDocument.current();
  private final ErrorTable errors = ErrorTable.load();

  SystemRoutes(ServerOptions options, Features features, InstantSource clock) {
    this.options = options;
    this.features = features;
    this.clock = clock;
    this.started = clock.instant();
    this.files = new StaticFiles(options.page());
  }

  void addTo(Routes routes) {
    routes
        .open("/", r -> files.file(r, "index.html"))
        .open("/web/{path}", r -> files.file(r, r.in("path")))
        .open("/docs", r -> files.file(r, "docs.html"))
        .open("/openapi.json", r -> Response.json(200, document.text()))
        .open("/health", r -> Action.ok(health()))
        .get("/capabilities", r -> capabilities())
        .get("/problems/{code}", this::problem);
  }

  private JsonObject health() {
    return JsonObject.builder()
        .put("status", "ok")
        .put("version", options.version())
        .put("mode", features.mode())
        .put("time", clock.instant().toString())
        .put("startedAt", started.toString())
        .put("keyRequired", options.key().isPresent())
        .build();
  }

  private JsonObject capabilities() {
    List<String> layers = Arrays.stream(Layer.values()).map(Layer::title).toList();
    List<JsonValue> clouds = Provider.all().stream().<JsonValue>map(p -> cloud(p, layers)).toList();
    return JsonObject.builder()
        .put("clouds", new JsonArray(clouds))
        .put("layers", JsonArray.ofTexts(layers))
        .put(
            "features",
            JsonObject.builder()
                .put("chaos", true)
                .put("simulator", true)
                .put("uploads", features.uploads())
                .put("deployments", features.deployments())
                .put("cost", features.cost())
                .build())
        .build();
  }

  private static JsonObject cloud(Provider provider, List<String> layers) {
    return JsonObject.builder()
        .put("id", provider.id())
        .put("name", provider.id())
        .put("position", provider.position())
        .put("layers", JsonArray.ofTexts(layers))
        .put("deployable", CloudSupport.all().containsKey(provider))
        .build();
  }

  private JsonObject problem(ApiRequest request) {
    String code = request.in("code");
    return Problems.type(
        errors
            .find(code)
            .orElseThrow(() -> ApiException.notFound("There is no such error code.", code)));
  }
}
