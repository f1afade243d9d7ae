package io.twinloom.deployer.client;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.ImportReport;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.codec.ChangeJson;
import io.twinloom.deployer.control.codec.ChangeOrderJson;
import io.twinloom.deployer.control.codec.DeadLettersJson;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.deployer.control.codec.ImportJson;
import io.twinloom.deployer.control.codec.MoveJson;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.control.codec.TokensJson;
import io.twinloom.deployer.control.codec.VerifyJson;
import io.twinloom.deployer.error.DeployerError;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.NetworkFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A twin that runs in another process, asked over REST. It rests on {@link HttpURLConnection},
 * which costs a short command a tenth of what the newer client costs to start.
 */
public final class ControlClient implements TwinControl {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A healthy process answers at once that there is nothing at an address. */
  public static final Duration LIVELINESS = Duration.ofSeconds(5);

  /** Verifying goes on when its limit is over: both movers try to send a marked chunk. */
  private static final int PATIENCE_BEYOND_LIMIT = 3;

  /** A mover takes as long as it takes. */
  private static final Duration LONG_PATIENCE = Duration.ofHours(12);

  /** Until the last function has another token. */
  private static final Duration ROTATION = Duration.ofMinutes(5);

  private final URI api;
  private final String twin;
  private final Duration patience;

  /**
   * @param api the address of its process
   * @param twin its name
   */
  public ControlClient(URI api, String twin) {
    this(api, twin, PATIENCE);
  }

  /**
   * @param patience how long what is done at once may take
   */
  public ControlClient(URI api, String twin, Duration patience) {
    this.api = api;
    this.twin = twin;
    this.patience = patience;
  }

  @Override
  public StatusReport status() {
    return StatusJson.read(get("status", Map.of()));
  }

  @Override
  public HistoryPage query(HistoryRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    request.property().ifPresent(p -> parameters.put("property", p));
    request.from().ifPresent(t -> parameters.put("from", t));
    request.to().ifPresent(t -> parameters.put("to", t));
    request.page().ifPresent(t -> parameters.put("nextToken", t));
    parameters.put("order", request.newestFirst() ? "desc" : "asc");
    parameters.put("limit", Integer.toString(request.limit()));
    return HistoryJson.read(get("devices/" + encoded(request.device()) + "/items", parameters));
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    return HistoryJson.readRestore(
        post(
            "restore",
            JsonObject.builder().put("device", device).put("from", from).put("to", to).build()));
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    return new TwinRead(operation, post("twin/" + encoded(operation), request));
  }

  @Override
  public DeadLetterPage deadLetters(int limit) {
    return DeadLettersJson.read(get("dead-letters", Map.of("limit", Integer.toString(limit))));
  }

  @Override
  public List<String> deadLetterIds() {
    List<String> ids = new ArrayList<>();
    for (JsonValue id : dryRun().array("ids").orElse(JsonArray.EMPTY)) {
      if (id instanceof JsonString text) {
        ids.add(text.value());
      }
    }
    return ids;
  }

  private JsonObject dryRun() {
    return post("dead-letters/replay", JsonObject.builder().put("dryRun", true).build());
  }

  @Override
  public ReplayReport replay(List<String> ids) {
    return DeadLettersJson.readReplay(post("dead-letters/replay", chosen(ids), LONG_PATIENCE));
  }

  @Override
  public DiscardReport discard(List<String> ids) {
    return DeadLettersJson.readDiscard(post("dead-letters/discard", chosen(ids), LONG_PATIENCE));
  }

  /** All letters are chosen by the digest of a dry run: those, and none that has come since. */
  private JsonObject chosen(List<String> ids) {
    if (!ids.isEmpty()) {
      return JsonObject.builder().put("ids", JsonArray.ofTexts(ids)).build();
    }
    return JsonObject.builder().put("digest", dryRun().text("digest").orElse("")).build();
  }

  @Override
  public RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
    JsonObject.Builder body = JsonObject.builder().put("dropFormer", dropFormer);
    connection.ifPresent(id -> body.put("connection", id));
    return TokensJson.readRotation(post("tokens/rotate", body.build(), patience.plus(ROTATION)));
  }

  @Override
  public ChangeReport change(ChangeOrder order) {
    return ChangeJson.read(post("change", ChangeOrderJson.write(order), LONG_PATIENCE));
  }

  @Override
  public VerifyReport verify(Optional<String> device, Duration limit) {
    JsonObject.Builder body = JsonObject.builder().put("limit", limit.toString());
    device.ifPresent(d -> body.put("device", d));
    return VerifyJson.read(
        post("verify", body.build(), patience.multipliedBy(PATIENCE_BEYOND_LIMIT).plus(limit)));
  }

  @Override
  public MoveReport move(TierMove move, Optional<Instant> now) {
    JsonObject.Builder body = JsonObject.builder().put("move", move.id());
    now.ifPresent(time -> body.put("now", time.toString()));
    return MoveJson.read(post("move", body.build(), LONG_PATIENCE));
  }

  @Override
  public ImportReport importItems(List<JsonObject> items) {
    JsonObject body =
        JsonObject.builder().put("items", new JsonArray(List.<JsonValue>copyOf(items))).build();
    return ImportJson.read(post("items", body));
  }

  /**
   * Reads what a route of the twin answers.
   *
   * @param path its segments after the project's
   */
  public JsonObject read(List<String> path, Map<String, String> parameters) {
    return get(segments(path), parameters);
  }

  /**
   * Reads what a route of the server answers.
   *
   * @param path its segments
   */
  public JsonObject readRoot(List<String> path, Map<String, String> parameters) {
    try {
      probe();
      return ServerAnswer.read(open("GET", URI.create(api + "/" + segments(path)), parameters));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private static String segments(List<String> path) {
    return path.stream().map(ControlClient::encoded).collect(Collectors.joining("/"));
  }

  /**
   * Asks the process to end; returns once it has said that it will.
   *
   * @param by who asks, for the person who looks at that process
   */
  public void stop(String by) {
    post("stop", JsonObject.builder().put("by", by).build());
  }

  /**
   * A process that hangs, or was stopped, still has its connections accepted by the system: it is
   * asked for nothing first, so that nothing waits long for a process that hangs.
   */
  private void probe() throws IOException {
    HttpURLConnection connection = open("GET", URI.create(api + "/health"), Map.of());
    connection.setReadTimeout((int) LIVELINESS.toMillis());
    var unused = connection.getResponseCode();
    try (InputStream none = connection.getErrorStream()) {
      if (none != null) {
        none.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  private JsonObject get(String path, Map<String, String> parameters) {
    try {
      probe();
      return ServerAnswer.read(open("GET", address(path), parameters));
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private JsonObject post(String path, JsonObject body) {
    return post(path, body, patience);
  }

  private JsonObject post(String path, JsonObject body, Duration longest) {
    try {
      probe();
      HttpURLConnection connection = open("POST", address(path), Map.of());
      connection.setReadTimeout((int) Math.min(Integer.MAX_VALUE, longest.toMillis()));
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(Json.bytes(body));
      }
      return ServerAnswer.read(connection);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private URI address(String path) {
    return URI.create(api + "/projects/" + encoded(twin) + "/" + path);
  }

  /** As a segment of a path. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpURLConnection open(String method, URI address, Map<String, String> parameters)
      throws IOException {
    StringBuilder query = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            query
                .append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    // A proxy of the machine has no business with loopback.
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(address.toString() + query).toURL().openConnection(java.net.Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setRequestProperty("User-Agent", "twinloom");
    connection.setConnectTimeout((int) Duration.ofSeconds(5).toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    return connection;
  }

  private TwinloomException unreachable(IOException e) {
    return new TwinloomException(
        DeployerError.LOCAL_UNREACHABLE,
        e instanceof SocketTimeoutException
            ? "The running twin does not answer: its process hangs or is stopped."
            : "The running twin does not answer: " + NetworkFailure.reason(e) + ".",
        api.toString(),
        "See whether its process runs, and end it and start it again if it does not answer.",
        true,
        e);
  }
}
