package io.twinloom.deployer.grafana;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonSyntaxException;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.NetworkFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Grafana's HTTP API, as far as a view is set up by it. Each request is one that may be sent again:
 * what is there already is changed. No error holds the token or another secret.
 *
 * @see <a href="https://docs.aws.amazon.com/grafana/latest/userguide/v12-Grafana-API-Plugin.html">
 *     Plugin API of Amazon Managed Grafana</a>
 * @see <a href="https://grafana.com/docs/grafana/latest/developers/http_api/">Grafana HTTP API</a>
 */
public final class GrafanaApi implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 5;
  private static final Duration BETWEEN = Duration.ofSeconds(2);
  private static final int LONGEST = 300;

  /** Answers of a Grafana that starts, or of what stands before it. */
  private static final Set<Integer> LATER = Set.of(429, 500, 502, 503, 504);

  private static final int MISSING = 404;
  private static final int CONFLICT = 409;

  private final URI address;
  private final String token;
  private final Pause pause;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * @param address without a path
   * @param token of a service account that is an admin
   */
  public GrafanaApi(URI address, String token, Pause pause) {
    this.address = address;
    this.token = token;
    this.pause = pause;
  }

  private record Answer(int status, String body) {

    boolean isDone() {
      return status >= 200 && status < 300;
    }
  }

  /** Whether a plugin is installed. */
  boolean hasPlugin(String plugin) {
    return found("/api/plugins/" + plugin + "/settings").isPresent();
  }

  /** Whether an application is switched on. */
  boolean isEnabled(String app) {
    return found("/api/plugins/" + app + "/settings")
        .filter(settings -> settings.get("enabled") == JsonBoolean.TRUE)
        .isPresent();
  }

  /** Begins to install the newest version of a plugin that this Grafana can have. */
  void install(String plugin) {
    send("POST", "/api/plugins/" + plugin + "/install", JsonObject.EMPTY, CONFLICT);
  }

  /** Switches an application on. */
  void enable(String app) {
    JsonObject on = JsonObject.builder().put("enabled", true).put("pinned", true).build();
    send("POST", "/api/plugins/" + app + "/settings", on);
  }

  /** Makes a data source, or changes the one of its id. */
  void put(DataSource source) {
    String path = "/api/datasources/uid/" + source.uid();
    if (found(path).isPresent()) {
      send("PUT", path, source.json());
    } else {
      send("POST", "/api/datasources", source.json());
    }
  }

  /** Removes a data source, where it is there. */
  void removeSource(String uid) {
    send("DELETE", "/api/datasources/uid/" + uid, JsonObject.EMPTY, MISSING);
  }

  /** Makes a folder, where it is not there. */
  void folder(String uid, String title) {
    if (found("/api/folders/" + uid).isEmpty()) {
      send(
          "POST",
          "/api/folders",
          JsonObject.builder().put("uid", uid).put("title", title).build(),
          CONFLICT);
    }
  }

  /** Makes a dashboard, or replaces the one of its id. */
  void put(String folder, JsonObject dashboard) {
    send(
        "POST",
        "/api/dashboards/db",
        JsonObject.builder()
            .put("dashboard", dashboard)
            .put("folderUid", folder)
            .put("overwrite", true)
            .build());
  }

  private Optional<JsonObject> found(String path) {
    Answer answer = asked("GET", path, BodyPublishers.noBody());
    if (answer.status() == MISSING) {
      return Optional.empty();
    }
    check("GET", path, answer, List.of());
    return Optional.of(object(answer.body()).orElse(JsonObject.EMPTY));
  }

  /**
   * @param wellToo the status of an answer which says that nothing was left to do
   */
  private void send(String method, String path, JsonObject body, Integer... wellToo) {
    List<String> secrets =
        body.object("secureJsonData").stream()
            .flatMap(all -> all.members().keySet().stream().flatMap(k -> all.text(k).stream()))
            .toList();
    Answer answer = asked(method, path, BodyPublishers.ofByteArray(Json.bytes(body)));
    if (!List.of(wellToo).contains(answer.status())) {
      check(method, path, answer, secrets);
    }
  }

  private void check(String method, String path, Answer answer, List<String> secrets) {
    if (!answer.isDone()) {
      GrafanaError error =
          LATER.contains(answer.status())
              ? GrafanaError.GRAFANA_UNREACHABLE
              : GrafanaError.GRAFANA_REFUSED;
      throw new TwinloomException(
          error,
          "Grafana answers " + answer.status() + ": " + said(answer, secrets),
          method + " " + address.getHost() + path,
          answer.status() == 401 || answer.status() == 403
              ? "The service account must be an admin of the workspace."
              : error.fix());
    }
  }

  /** What Grafana says, without what is secret. */
  private String said(Answer answer, List<String> secrets) {
    String said =
        object(answer.body()).flatMap(o -> o.text("message")).orElse("no reason is given");
    said = said.replace(token, "…");
    for (String secret : secrets) {
      said = said.replace(secret, "…");
    }
    return said.length() <= LONGEST ? said : said.substring(0, LONGEST) + "…";
  }

  private static Optional<JsonObject> object(String body) {
    try {
      JsonValue value = Json.parse(body);
      return value instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    } catch (JsonSyntaxException e) {
      // A page of what stands before Grafana.
      return Optional.empty();
    }
  }

  private Answer asked(String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (!LATER.contains(response.statusCode()) || attempt == ATTEMPTS) {
          return new Answer(response.statusCode(), response.body());
        }
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new TwinloomException(
              GrafanaError.GRAFANA_UNREACHABLE,
              "Grafana does not answer: " + NetworkFailure.reason(e) + ".",
              String.valueOf(address.getHost()),
              GrafanaError.GRAFANA_UNREACHABLE.fix(),
              e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TwinloomException(
            DeployerError.INTERRUPTED,
            "Setting up Grafana was interrupted.",
            String.valueOf(address.getHost()),
            "Deploy again.",
            e);
      }
      pause.of(BETWEEN);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
