package io.twinloom.server.twin;

import io.twinloom.deployer.Pause;
import io.twinloom.deployer.control.DeadLetterEntry;
import io.twinloom.deployer.control.DeadLetterPage;
import io.twinloom.deployer.control.ReplayReport;
import io.twinloom.deployer.control.codec.DeadLettersJson;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.http.Response;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.json.JsonValue;
import io.twinloom.model.text.Count;
import io.twinloom.server.http.Action;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Problems;
import io.twinloom.server.http.Routes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dead letters: listed, and replayed or discarded in two calls, of which the second carries the
 * digest of what the first one answered, so that it never does something to a letter that nobody
 * has seen.
 */
public final class DeadLetterRoutes {

  /** At most so many are looked into for a filter. */
  static final int MOST = 2_000;

  private static final int PAGE = 1_000;

  private final RunningTwins twins;
  private final AuditLog audit;
  private final Pause pause;

  /**
   * @param pause lets time pass between letters that are replayed at a rate
   */
  public DeadLetterRoutes(RunningTwins twins, AuditLog audit, Pause pause) {
    this.twins = twins;
    this.audit = audit;
    this.pause = pause;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/dead-letters", this::list)
        .add("POST", "/projects/{project}/dead-letters/replay", this::replay)
        .add("POST", "/projects/{project}/dead-letters/discard", this::discard)
        .get(
            "/projects/{project}/audit",
            r -> {
              int limit = r.query("limit").whole("limit", 1, 1_000).orElse(100);
              return audit.read(twins.of(r), limit);
            });
  }

  private JsonObject list(ApiRequest request) {
    List<String> known = new ArrayList<>(List.of(DeadLetterFilter.MEMBERS));
    known.add("limit");
    known.add("at");
    Parameters query = request.query(known.toArray(String[]::new));
    DeadLetterFilter filter = DeadLetterFilter.of(query);
    int limit = query.whole("limit", 1, PAGE).orElse(PAGE);
    Optional<Instant> at = query.time("at");
    DeadLetterPage all = twins.of(request).control().deadLetters(MOST);
    List<DeadLetterEntry> chosen =
        all.items().stream()
            .filter(filter::isOf)
            .filter(letter -> at.map(t -> !letter.time().isAfter(t)).orElse(true))
            .toList();
    JsonObject page =
        DeadLettersJson.write(
            new DeadLetterPage(
                chosen.subList(0, Math.min(limit, chosen.size())),
                chosen.size() == all.items().size() ? all.total() : chosen.size()));
    return page.toBuilder()
        .put("groups", DeadLetterGroups.json(chosen, twins.codeTimes(twins.of(request))))
        .build();
  }

  /** How many there are, and by which causes: of the oldest so many that are looked into. */
  public static JsonObject summary(RunningProject twin, CodeTimes times) {
    DeadLetterPage page = twin.control().deadLetters(MOST);
    return JsonObject.builder()
        .put("total", page.total())
        .put("groups", DeadLetterGroups.json(page.items(), times))
        .build();
  }

  private Response replay(ApiRequest request) {
    ReplayOrder order = ReplayOrder.of(request);
    RunningProject twin = twins.of(request);
    List<String> ids = order.chosen(twin.control());
    String digest = ReplayOrder.digest(ids);
    if (order.dryRun()) {
      return Action.ok(
          answer(true, ids, digest, new ReplayReport(0, List.of()), findings(twin, order, ids)));
    }
    if (order.digest().filter(d -> !d.equals(digest)).isPresent()) {
      return changed(request, ids);
    }
    ReplayReport report = replayed(twin, ids, order);
    audit.write(
        twin,
        request.by(),
        "replay",
        report.replayed(),
        report.left().size() + " left",
        new JsonString(digest));
    return Action.ok(answer(false, ids, digest, report, List.of()));
  }

  /** One by one where there is something between them, else all at once. */
  private ReplayReport replayed(RunningProject twin, List<String> ids, ReplayOrder order) {
    if (ids.isEmpty()) {
      return new ReplayReport(0, List.of());
    }
    if (order.event().isPresent()) {
      String id = ids.getFirst();
      return ReplayReport.of(
          ids,
          twin.live().replay(id, order.event().get()) ? Map.of(id, Optional.empty()) : Map.of());
    }
    if (order.rate().isEmpty() && !order.stopOnFirstFailure()) {
      return twin.control().replay(ids);
    }
    int replayed = 0;
    List<ReplayReport.Left> left = new ArrayList<>();
    for (String id : ids) {
      if (replayed + left.size() > 0 && order.rate().isPresent()) {
        pause.of(Duration.ofNanos((long) (1e9 / order.rate().get())));
      }
      ReplayReport one = twin.control().replay(List.of(id));
      replayed += one.replayed();
      left.addAll(one.left());
      if (!one.left().isEmpty() && order.stopOnFirstFailure()) {
        break;
      }
    }
    return new ReplayReport(replayed, left);
  }

  private static List<String> findings(RunningProject twin, ReplayOrder order, List<String> ids) {
    DeadLetterPage looked = twin.control().deadLetters(order.isOfAll() ? 1 : MOST);
    List<String> findings = new ArrayList<>();
    if (!order.isOfAll() && looked.total() > looked.items().size()) {
      findings.add(
          Count.of(
              looked.total() - looked.items().size(),
              "newer dead letter was not looked at: replay these first.",
              "newer dead letters were not looked at: replay these first."));
    }
    if (ids.size() < looked.total() && order.isOfAll()) {
      findings.add(
          Count.of(
              looked.total() - ids.size(),
              "further dead letter stays.",
              "further dead letters stay."));
    }
    return findings;
  }

  private static JsonObject answer(
      boolean dryRun, List<String> ids, String digest, ReplayReport report, List<String> findings) {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("dryRun", dryRun)
            .put("ids", JsonArray.ofTexts(ids))
            .put("count", ids.size())
            .put("digest", digest);
    DeadLettersJson.write(report).members().forEach(json::put);
    return json.put("findings", JsonArray.ofTexts(findings)).build();
  }

  private static Response changed(ApiRequest request, List<String> ids) {
    JsonObject problem =
        Problems.json(
            ApiException.changed("The dead letters are others than in the dry run."), request.id());
    return Problems.response(
        problem.toBuilder()
            .put("ids", JsonArray.ofTexts(ids))
            .put("digest", ReplayOrder.digest(ids))
            .build());
  }

  private Response discard(ApiRequest request) {
    Parameters body = request.members("ids", "filter", "digest");
    List<String> named = body.texts("ids");
    DeadLetterFilter filter = DeadLetterFilter.of(body.inner("filter", DeadLetterFilter.MEMBERS));
    RunningProject twin = twins.of(request);
    List<String> ids = named;
    if (named.isEmpty()) {
      String digest = body.needed("digest");
      ids = ReplayOrder.chosen(twin.control(), filter);
      if (!digest.equals(ReplayOrder.digest(ids))) {
        return changed(request, ids);
      }
    }
    JsonObject report =
        ids.isEmpty()
            ? JsonObject.builder().put("discarded", 0).put("left", JsonArray.EMPTY).build()
            : DeadLettersJson.write(twin.control().discard(ids));
    JsonValue digest = new JsonString(ReplayOrder.digest(ids));
    audit.write(twin, request.by(), "discard", ids.size(), "", digest);
    return Action.ok(report);
  }
}
