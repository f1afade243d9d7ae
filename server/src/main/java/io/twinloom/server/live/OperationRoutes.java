package io.twinloom.server.live;

import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonString;
import io.twinloom.model.TwinloomException;
import io.twinloom.server.http.ApiException;
import io.twinloom.server.http.ApiRequest;
import io.twinloom.server.http.Parameters;
import io.twinloom.server.http.Routes;
import io.twinloom.server.twin.AuditLog;
import io.twinloom.server.twin.RunningTwins;
import io.twinloom.topology.DeployedFunction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is done with a twin that runs here: simulation, faults, runs of user code. */
public final class OperationRoutes {

  private static final Duration LONGEST_FAULT = Duration.ofHours(1);
  private static final Duration FAULT = Duration.ofMinutes(5);
  private static final int LONGEST_LATENCY = 60_000;
  private static final double FASTEST = 1_000;
  private static final Duration LONGEST_SIMULATION = Duration.ofDays(365);

  private final RunningTwins twins;
  private final LiveViews views;
  private final AuditLog audit;

  public OperationRoutes(RunningTwins twins, LiveViews views, AuditLog audit) {
    this.twins = twins;
    this.views = views;
    this.audit = audit;
  }

  /** Adds the routes to a table. */
  public void addTo(Routes routes) {
    routes
        .get("/projects/{project}/simulator", r -> simulator(r).json())
        .post("/projects/{project}/simulator/start", this::start)
        .post("/projects/{project}/simulator/stop", this::stop)
        .get("/projects/{project}/chaos", r -> ChaosView.json(twins.of(r)))
        .put("/projects/{project}/chaos/{connection}", this::setFault)
        .delete("/projects/{project}/chaos/{connection}", this::endFault)
        .post("/projects/{project}/functions/{function}/invoke", this::invoke);
  }

  private Simulator simulator(ApiRequest request) {
    return views.simulator(twins.of(request));
  }

  private JsonObject start(ApiRequest request) {
    Parameters body = request.members("devices", "rate", "for");
    List<String> devices = body.texts("devices");
    double rate = body.decimal("rate", 0.001, FASTEST).orElse(1.0);
    Optional<Duration> length = body.duration("for", LONGEST_SIMULATION);
    simulator(request).start(devices, rate, length);
    return simulator(request).json();
  }

  private JsonObject stop(ApiRequest request) {
    simulator(request).stop();
    return simulator(request).json();
  }

  private JsonObject setFault(ApiRequest request) {
    Parameters body = request.members("cut", "latencyMs", "errorRate", "wrongToken", "for");
    RunningProject twin = twins.of(request);
    String connection = known(twin, request.in("connection"));
    LiveTwin.Fault fault =
        new LiveTwin.Fault(
            body.flag("cut"),
            Duration.ofMillis(body.whole("latencyMs", 0, LONGEST_LATENCY).orElse(0)),
            body.decimal("errorRate", 0, 1).orElse(0.0),
            body.flag("wrongToken"));
    if (!fault.cut() && fault.latency().isZero() && fault.errorRate() == 0 && !fault.wrongToken()) {
      throw ApiException.parameter(
          "cut", "Nothing is to be broken: give cut, latencyMs, errorRate or wrongToken.");
    }
    Duration length = body.duration("for", LONGEST_FAULT).orElse(FAULT);
    twin.live().faults().set(connection, fault, length);
    audit.write(twin, request.by(), "chaos", 1, connection + " for " + length);
    return ChaosView.json(twin);
  }

  private JsonObject endFault(ApiRequest request) {
    RunningProject twin = twins.of(request);
    String connection = known(twin, request.in("connection"));
    if (twin.live().faults().end(connection)) {
      audit.write(twin, request.by(), "chaos", 1, connection + " ended");
    }
    return ChaosView.json(twin);
  }

  private static String known(RunningProject twin, String connection) {
    if (!twin.live().faults().connections().contains(connection)) {
      throw ApiException.notFound("The twin has no connection of this id.", connection);
    }
    return connection;
  }

  private JsonObject invoke(ApiRequest request) {
    RunningProject twin = twins.of(request);
    String function = request.in("function");
    Optional<DeployedFunction> known = twin.project().topology().function(function);
    if (known.filter(f -> f.userCode().isPresent()).isEmpty()) {
      throw ApiException.notFound("The twin has no user function of this name.", function);
    }
    JsonObject event = request.json();
    long start = System.nanoTime();
    JsonObject.Builder answer = JsonObject.builder().put("function", function);
    try {
      answer
          .put("result", twin.live().runUserCode(function, event))
          .put("ok", true)
          .put("error", JsonNull.NULL);
    } catch (TwinloomException e) {
      answer.put("result", JsonNull.NULL).put("ok", false).put("error", new JsonString(e.what()));
    }
    return answer.put("ms", Members.rounded((System.nanoTime() - start) / 1e6)).build();
  }
}
