package io.twinloom.local.deploy;

import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.DiscardReport;
import io.twinloom.deployer.control.HistoryPage;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.RestoreReport;
import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.StatusReport;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.TwinRead;
import io.twinloom.deployer.control.VerifyReport;
import io.twinloom.deployer.control.codec.DeadLettersJson;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.deployer.control.codec.MoveJson;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.control.codec.TokensJson;
import io.twinloom.deployer.control.codec.VerifyJson;
import io.twinloom.json.Json;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonBoolean;
import io.twinloom.json.JsonObject;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ErrorFacts;
import io.twinloom.model.error.ReceivedCode;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A twin that runs in another process, asked through its {@link LoopbackServer}. It rests on {@link
 * HttpURLConnection}, which costs a short command a tenth of what the newer client costs to start.
 */
final class ControlClient implements TwinControl {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A process that is well answers at once that there is nothing at an address. */
  static final Duration LIVELINESS = Duration.ofSeconds(5);

  /** Verifying goes on when its limit is over: both movers try to send a marked chunk. */
  private static final int PATIENCE_BEYOND_LIMIT = 3;

  /** A mover takes as long as it takes. */
  private static final Duration LONG_PATIENCE = Duration.ofHours(12);

  private final URI api;
  private final Duration patience;

  ControlClient(URI api) {
    this(api, PATIENCE);
  }

  /**
   * @param patience how long what is done at once may take
   */
  ControlClient(URI api, Duration patience) {
    this.api = api;
    this.patience = patience;
  }

  @Override
  public StatusReport status() {
    return StatusJson.read(get(ControlPaths.STATUS, Map.of()));
  }

  @Override
  public HistoryPage query(HistoryRequest request) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("device", request.device());
    request.property().ifPresent(p -> parameters.put("property", p));
    request.from().ifPresent(t -> parameters.put("from", t));
    request.to().ifPresent(t -> parameters.put("to", t));
    request.page().ifPresent(t -> parameters.put("nextToken", t));
    parameters.put("order", request.newestFirst() ? "desc" : "asc");
    parameters.put("limit", Integer.toString(request.limit()));
    return HistoryJson.read(get(ControlPaths.QUERY, parameters));
  }

  @Override
  public RestoreReport restore(String device, String from, String to) {
    return HistoryJson.readRestore(
        post(
            ControlPaths.RESTORE,
            JsonObject.builder().put("device", device).put("from", from).put("to", to).build()));
  }

  @Override
  public TwinRead readTwin(String operation, JsonObject request) {
    return new TwinRead(operation, post(ControlPaths.TWIN + operation, request));
  }

  @Override
  public DeadLetterPage deadLetters() {
    return DeadLettersJson.read(get(ControlPaths.DEAD_LETTERS, Map.of()));
  }

  @Override
  public ReplayReport replay(List<String> ids) {
    JsonObject body = JsonObject.builder().put("ids", JsonArray.ofTexts(ids)).build();
    return DeadLettersJson.readReplay(post(ControlPaths.REPLAY, body));
  }

  @Override
  public DiscardReport discard(List<String> ids) {
    JsonObject body = JsonObject.builder().put("ids", JsonArray.ofTexts(ids)).build();
    return DeadLettersJson.readDiscard(post(ControlPaths.DISCARD, body));
  }

  @Override
  public RotationReport rotateTokens(Optional<String> connection, boolean dropFormer) {
    JsonObject.Builder body = JsonObject.builder().put("dropFormer", dropFormer);
    connection.ifPresent(id -> body.put("connection", id));
    return TokensJson.readRotation(
        post(ControlPaths.ROTATE, body.build(), patience.plus(LocalTokenSwitch.ROTATION)));
  }

  @Override
  public VerifyReport verify(Optional<String> device, Duration limit) {
    JsonObject.Builder body = JsonObject.builder().put("limit", limit.toString());
    device.ifPresent(d -> body.put("device", d));
    return VerifyJson.read(
        post(
            ControlPaths.VERIFY,
            body.build(),
            patience.multipliedBy(PATIENCE_BEYOND_LIMIT).plus(limit)));
  }

  @Override
  public MoveReport move(TierMove move, Optional<Instant> now) {
    JsonObject.Builder body = JsonObject.builder().put("move", move.id());
    now.ifPresent(time -> body.put("now", time.toString()));
    return MoveJson.read(post(ControlPaths.MOVE, body.build(), LONG_PATIENCE));
  }

  /**
   * Asks the process to end; returns once it has said that it will.
   *
   * @param by who asks, for the person who looks at that process
   */
  void stop(String by) {
    post(ControlPaths.STOP, JsonObject.builder().put("by", by).build());
  }

  /**
   * A process that hangs, or was stopped, still has its connections accepted by the system: it is
   * asked for nothing first, so that what may take long is not waited for in vain.
   */
  private void probe() throws IOException {
    HttpURLConnection connection = open("GET", "/", Map.of());
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
      return read(open("GET", path, parameters));
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
      HttpURLConnection connection = open("POST", path, Map.of());
      connection.setReadTimeout((int) Math.min(Integer.MAX_VALUE, longest.toMillis()));
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(Json.bytes(body));
      }
      return read(connection);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private HttpURLConnection open(String method, String path, Map<String, String> parameters)
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
            URI.create(api + path + query).toURL().openConnection(java.net.Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setConnectTimeout((int) Duration.ofSeconds(5).toMillis());
    connection.setReadTimeout((int) patience.toMillis());
    return connection;
  }

  private static JsonObject read(HttpURLConnection connection) throws IOException {
    try (InputStream in = answer(connection)) {
      return Json.parseObject(in.readAllBytes());
    }
  }

  private static InputStream answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status / 100 == 2) {
      return connection.getInputStream();
    }
    InputStream error = connection.getErrorStream();
    byte[] body = error == null ? new byte[0] : error.readAllBytes();
    throw refused(status, body);
  }

  private static TwinloomException refused(int status, byte[] body) {
    JsonObject problem;
    try {
      problem = Json.parseObject(body);
    } catch (IllegalArgumentException e) {
      problem = JsonObject.EMPTY;
    }
    String what = "The running twin answered with status " + status + ".";
    Optional<String> code = problem.text("code");
    if (code.isEmpty()) {
      return new TwinloomException(
          LocalDeployError.LOCAL_REFUSED, problem.text("detail").orElse(what), "");
    }
    String fix = problem.text("fix").orElse(LocalDeployError.LOCAL_REFUSED.fix());
    boolean retryable = problem.get("retryable") == JsonBoolean.TRUE;
    return new TwinloomException(
        new ReceivedCode(code.get(), new ErrorFacts(status, "", fix, retryable)),
        problem.text("detail").orElse(what),
        problem.text("where").orElse(""),
        fix);
  }

  private TwinloomException unreachable(IOException e) {
    return new TwinloomException(
        LocalDeployError.LOCAL_UNREACHABLE,
        e instanceof SocketTimeoutException
            ? "The running twin does not answer: its process hangs or is stopped."
            : "The running twin does not answer: " + e.getClass().getSimpleName() + ".",
        api.toString(),
        "See whether its process runs, and end it and start it again if it does not answer.",
        true,
        e);
  }
}
