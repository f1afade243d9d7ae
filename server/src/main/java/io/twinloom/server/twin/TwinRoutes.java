package io.twinloom.server.twin;

import io.twinloom.deployer.control.ChangeOrder;
import io.twinloom.deployer.control.ChangeReport;
import io.twinloom.deployer.control.HistoryRequest;
import io.twinloom.deployer.control.TierMove;
import io.twinloom.deployer.control.TokenList;
import io.twinloom.deployer.control.TwinControl;
import io.twinloom.deployer.control.codec.ChangeJson;
import io.twinloom.deployer.control.codec.ChangeOrderJson;
import io.twinloom.deployer.control.codec.HistoryJson;
import io.twinloom.deployer.control.codec.ImportJson;
import io.twinloom.deployer.control.codec.MoveJson;
import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.control.codec.TokensJson;
import io.twinloom.deployer.control.codec.VerifyJson;
import io.twinloom.json.JsonObject;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.topology.plan.PlanJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What every deployed twin answers and does: status, history, verification, movers, tokens. */
public final class TwinRoutes {

  private static final Duration VERIFY_LIMIT = Duration.ofSeconds(30);
  private static final int MOST_ITEMS = 1_000;
  private static final Duration VERIFY_LONGEST = Duration.ofMinutes(10);

  private final RunningTwins twins;
  private final AuditLog audit;

  public TwinRoutes(RunningTwins twins, AuditLog audit) {
    this.twins = twins;
    this.audit = audit;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/plan", r -> PlanJson.of(twins.of(r).project().topology()))
        .get("/projects/{project}/status", r -> StatusJson.write(control(r).status()))
        .get("/projects/{project}/devices/{device}/items", this::items)
        .post("/projects/{project}/items", this::importItems)
        .post("/projects/{project}/restore", this::restore)
        .post("/projects/{project}/verify", this::verify)
        .post("/projects/{project}/move", this::move)
        .post("/projects/{project}/change", this::change)
        .get(
            "/projects/{project}/tokens",
            r -> TokensJson.write(TokenList.of(twins.of(r).target().connections())))
        .post("/projects/{project}/tokens/rotate", this::rotate);
  }

  private TwinControl control(ApiRequest request) {
    return twins.of(request).control();
  }

  private JsonObject items(ApiRequest request) {
    Parameters query = request.query("property", "from", "to", "nextToken", "order", "limit");
    HistoryRequest asked =
        HistoryRequest.of(request.in("device"))
            .property(query.text("property"))
            .from(query.text("from"))
            .to(query.text("to"))
            .page(query.text("nextToken"))
            .newestFirst(query.word("order", Set.of("asc", "desc")).equals(Optional.of("desc")))
            .limit(query.whole("limit", 1, 10_000).orElse(HistoryRequest.DEFAULT_LIMIT))
            .build();
    return HistoryJson.write(control(request).query(asked));
  }

  private JsonObject importItems(ApiRequest request) {
    Parameters body = request.members("items");
    List<JsonObject> items = body.objects("items");
    if (items.isEmpty() || items.size() > MOST_ITEMS) {
      throw ApiException.parameter(
          "items", "There are 1 to " + MOST_ITEMS + " items in a request.");
    }
    JsonObject report = ImportJson.write(control(request).importItems(items));
    audit.write(twins.of(request), request.by(), "import", items.size(), "");
    return report;
  }

  private JsonObject restore(ApiRequest request) {
    Parameters body = request.members("device", "from", "to");
    return HistoryJson.write(
        control(request).restore(body.needed("device"), body.needed("from"), body.needed("to")));
  }

  private JsonObject verify(ApiRequest request) {
    Parameters body = request.members("device", "limit");
    Optional<String> device = body.text("device");
    Duration limit = body.duration("limit", VERIFY_LONGEST).orElse(VERIFY_LIMIT);
    return VerifyJson.write(control(request).verify(device, limit));
  }

  private JsonObject move(ApiRequest request) {
    Parameters body = request.members("move", "now");
    TierMove move =
        TierMove.of(body.needed("move"))
            .orElseThrow(() -> ApiException.parameter("move", "There is no such move."));
    Optional<Instant> now = body.time("now");
    JsonObject moved = MoveJson.write(control(request).move(move, now));
    audit.write(twins.of(request), request.by(), "move", 1, move.id());
    return moved;
  }

  private JsonObject change(ApiRequest request) {
    request.members(ChangeOrderJson.members().toArray(String[]::new));
    ChangeReport done = control(request).change(order(request.json()));
    audit.write(
        twins.of(request),
        request.by(),
        "change",
        done.changed().size(),
        String.join(", ", done.changed()));
    return ChangeJson.write(done);
  }

  private static ChangeOrder order(JsonObject body) {
    try {
      return ChangeOrderJson.read(body);
    } catch (IllegalArgumentException e) {
      throw ApiException.parameter("action", "This is no order of a change: " + e.getMessage());
    }
  }

  private JsonObject rotate(ApiRequest request) {
    Parameters body = request.members("connection", "dropFormer");
    Optional<String> connection = body.text("connection");
    boolean dropFormer = body.flag("dropFormer");
    JsonObject rotated = TokensJson.write(control(request).rotateTokens(connection, dropFormer));
    twins.tokenTimes(twins.of(request)).refresh();
    int count = rotated.array("rotated").map(a -> a.size()).orElse(0);
    audit.write(
        twins.of(request), request.by(), "rotate", count, connection.orElse("all connections"));
    return rotated;
  }
}
