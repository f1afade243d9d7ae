package io.twinloom.testkit.grafana;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Grafana's HTTP API as its documentation says it answers: who has no token of its is 401, a data
 * source needs its plugin, a dashboard its folder and a data source that is there, names are had
 * once, secrets are never given back. What it cannot show: whether a panel shows anything.
 *
 * @see <a href="https://grafana.com/docs/grafana/latest/developers/http_api/">Grafana HTTP API</a>
 */
public final class FakeGrafana implements AutoCloseable {

  /** A plugin that is there from the beginning, and which data source it brings. */
  private static final Map<String, String> SOURCES =
      Map.of(
          "grafana-iot-twinmaker-app", "grafana-iot-twinmaker-datasource",
          "yesoreyeram-infinity-datasource", "yesoreyeram-infinity-datasource");

  /** Data sources that need no plugin. */
  private static final Set<String> BUILT_IN = Set.of("cloudwatch", "prometheus");

  private static final String UID = "[A-Za-z0-9_-]{1,40}";

  /** A status and a body. */
  private record Answer(int status, String body) {

    static Answer of(JsonObject body) {
      return new Answer(200, Json.text(body));
    }

    static Answer saying(int status, String message) {
      return new Answer(status, Json.text(JsonObject.builder().put("message", message).build()));
    }
  }

  private final HttpServer server;

  /** Tokens that are valid now. */
  public final Set<String> tokens = ConcurrentHashMap.newKeySet();

  /** Each request's method and path, in their order. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Data sources by their ids, with what is secret in them. */
  public final ConcurrentMap<String, JsonObject> sources = new ConcurrentHashMap<>();

  /** Titles by ids. */
  public final ConcurrentMap<String, String> folders = new ConcurrentHashMap<>();

  /** What was posted, by the dashboards' ids. */
  public final ConcurrentMap<String, JsonObject> dashboards = new ConcurrentHashMap<>();

  /** Plugins that are installed, and whether they are switched on. */
  public final ConcurrentMap<String, Boolean> plugins = new ConcurrentHashMap<>();

  /** How often it says that a plugin is not there after it was to install it. */
  public final AtomicInteger slow = new AtomicInteger();

  /** Answers that come before all others, once each. */
  public final ConcurrentMap<String, Integer> failing = new ConcurrentHashMap<>();

  public FakeGrafana() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String request = exchange.getRequestMethod() + " " + path;
      String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add(request);
      Integer status = failing.remove(request);
      Answer answer =
          status != null
              ? Answer.saying(status, "said " + status + " to " + text)
              : isKnown(exchange)
                  ? answer(exchange.getRequestMethod(), path, text)
                  : Answer.saying(401, "Invalid API key");
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private boolean isKnown(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    return given != null && given.startsWith("Bearer ") && tokens.contains(given.substring(7));
  }

  private Answer answer(String method, String path, String text) {
    if (path.startsWith("/api/plugins/")) {
      return plugin(method, path.substring("/api/plugins/".length()).split("/", -1), text);
    }
    if (path.startsWith("/api/datasources")) {
      return source(method, after(path, "/api/datasources/uid/"), text);
    }
    if (path.startsWith("/api/folders")) {
      return folder(method, after(path, "/api/folders/"), text);
    }
    return method.equals("POST") && path.equals("/api/dashboards/db")
        ? body(text).map(this::dashboard).orElseGet(FakeGrafana::bad)
        : Answer.saying(404, "Not found");
  }

  private static String after(String path, String prefix) {
    return path.startsWith(prefix) ? path.substring(prefix.length()) : "";
  }

  private static Answer bad() {
    return Answer.saying(400, "bad request data");
  }

  private static Optional<JsonObject> body(String text) {
    try {
      return Json.parse(text) instanceof JsonObject o ? Optional.of(o) : Optional.empty();
    } catch (io.twinloom.json.JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private Answer plugin(String method, String[] parts, String text) {
    String id = parts[0];
    boolean isThere = plugins.containsKey(id) && slow.getAndUpdate(n -> Math.max(0, n - 1)) == 0;
    if (method.equals("POST") && parts[1].equals("install")) {
      if (!SOURCES.containsKey(id)) {
        return Answer.saying(404, "Plugin not found");
      }
      return plugins.putIfAbsent(id, !id.endsWith("-app")) == null
          ? new Answer(200, "{}")
          : Answer.saying(409, "Plugin already installed");
    }
    if (!isThere) {
      return Answer.saying(404, "Plugin not found, no installed plugin with that id");
    }
    if (method.equals("POST")) {
      return body(text)
          .map(
              settings -> {
                plugins.put(id, settings.get("enabled") == JsonBoolean.TRUE);
                return Answer.saying(200, "Plugin settings updated");
              })
          .orElseGet(FakeGrafana::bad);
    }
    return Answer.of(
        JsonObject.builder()
            .put("id", id)
            .put("enabled", Boolean.TRUE.equals(plugins.get(id)))
            .build());
  }

  private Answer source(String method, String uid, String text) {
    if (!uid.isEmpty() && !sources.containsKey(uid)) {
      return Answer.saying(404, "Data source not found");
    }
    return switch (method) {
      case "GET" ->
          Answer.of(
              sources.getOrDefault(uid, JsonObject.EMPTY).toBuilder()
                  .remove("secureJsonData")
                  .build());
      case "DELETE" -> {
        sources.remove(uid);
        yield Answer.saying(200, "Data source deleted");
      }
      case "POST", "PUT" ->
          body(text).map(taken(method.equals("POST"))).orElseGet(FakeGrafana::bad);
      default -> bad();
    };
  }

  private Function<JsonObject, Answer> taken(boolean isNew) {
    return source -> {
      String uid = source.text("uid").orElse("");
      String name = source.text("name").orElse("");
      boolean nameIsHad =
          sources.entrySet().stream()
              .anyMatch(
                  s ->
                      !s.getKey().equals(uid) && s.getValue().text("name").orElse("").equals(name));
      if (nameIsHad || isNew && sources.containsKey(uid)) {
        return Answer.saying(409, "data source with the same name or uid already exists");
      }
      boolean hasPlugin =
          source.text("type").filter(BUILT_IN::contains).isPresent()
              || plugins.entrySet().stream()
                  .filter(Map.Entry::getValue)
                  .anyMatch(
                      p ->
                          source.text("type").equals(Optional.ofNullable(SOURCES.get(p.getKey()))));
      if (!uid.matches(UID) || name.isEmpty() || !hasPlugin || source.text("access").isEmpty()) {
        return bad();
      }
      sources.put(uid, source);
      return Answer.saying(200, "Datasource added");
    };
  }

  private Answer folder(String method, String uid, String text) {
    if (method.equals("POST")) {
      return body(text)
          .filter(f -> f.text("uid").orElse("").matches(UID))
          .map(
              f ->
                  folders.putIfAbsent(f.text("uid").orElse(""), f.text("title").orElse("")) == null
                      ? Answer.of(f)
                      : Answer.saying(409, "the folder has been changed by someone else"))
          .orElseGet(FakeGrafana::bad);
    }
    return folders.containsKey(uid)
        ? Answer.of(JsonObject.builder().put("uid", uid).build())
        : Answer.saying(404, "folder not found");
  }

  private Answer dashboard(JsonObject posted) {
    Optional<JsonObject> dashboard = posted.object("dashboard");
    String uid = dashboard.flatMap(d -> d.text("uid")).orElse("");
    if (!uid.matches(UID) || dashboard.flatMap(d -> d.text("title")).isEmpty()) {
      return Answer.saying(400, "Dashboard title cannot be empty");
    }
    if (!folders.containsKey(posted.text("folderUid").orElse(""))) {
      return Answer.saying(400, "folder not found");
    }
    if (dashboards.containsKey(uid) && posted.get("overwrite") != JsonBoolean.TRUE) {
      return Answer.saying(412, "A dashboard with the same uid already exists");
    }
    boolean shows =
        dashboard.stream()
            .flatMap(d -> d.object("templating").stream())
            .flatMap(t -> t.array("list").stream())
            .flatMap(list -> list.values().stream())
            .flatMap(FakeGrafana::presetSource)
            .allMatch(sources::containsKey);
    if (!shows) {
      return Answer.saying(400, "the dashboard reads a data source that is not there");
    }
    dashboards.put(uid, posted);
    return Answer.of(JsonObject.builder().put("uid", uid).put("status", "success").build());
  }

  /** The id of the data source that a variable is preset to. */
  private static java.util.stream.Stream<String> presetSource(JsonValue variable) {
    return variable instanceof JsonObject v && v.text("type").equals(Optional.of("datasource"))
        ? v.object("current").flatMap(c -> c.text("value")).stream()
        : java.util.stream.Stream.empty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
