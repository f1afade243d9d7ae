package io.twinloom.server.live;

import io.twinloom.deployer.control.StatusReport.ConnectionStatus;
import io.twinloom.deployer.live.LiveTwin.Figures;
import io.twinloom.deployer.live.LiveTwin.Traffic;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.server.twin.TokenTimes;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Rates and times by connection and by function. Safe for threads. */
public final class TrafficView {

  private record Since(String state, Optional<Instant> since) {}

  private final InstantSource clock;
  private final Function<RunningProject, TokenTimes> tokens;
  private final Map<String, Since> states = new ConcurrentHashMap<>();

  /**
   * @param tokens since when a twin's tokens are as they are
   */
  public TrafficView(InstantSource clock, Function<RunningProject, TokenTimes> tokens) {
    this.clock = clock;
    this.tokens = tokens;
  }

  /**
   * What every connection and function has done in a window.
   *
   * @param at the end of the window; empty: now
   */
  public JsonObject json(RunningProject twin, Duration window, Optional<Instant> at) {
    Traffic traffic =
        at.map(then -> twin.live().traffic(window, then))
            .orElseGet(() -> twin.live().traffic(window));
    Topology topology = twin.project().topology();
    Map<String, String> circuits = new HashMap<>();
    for (ConnectionStatus connection : twin.control().status().connections()) {
      circuits.put(connection.id(), connection.state().id());
    }
    double seconds = Duration.between(traffic.from(), traffic.to()).toMillis() / 1e3;
    List<JsonValue> connections = new ArrayList<>();
    for (Connection connection : topology.connections()) {
      Figures figures = traffic.connections().get(connection.id());
      if (figures != null) {
        connections.add(
            connection(
                connection,
                figures,
                seconds,
                stateAt(connection.id(), circuits.getOrDefault(connection.id(), "ready"), at),
                tokens.apply(twin).since(connection.id())));
      }
    }
    List<JsonValue> hops = new ArrayList<>();
    for (DeployedFunction function : topology.functions()) {
      Figures figures = traffic.functions().get(function.name());
      if (figures != null) {
        hops.add(hop(function, figures, seconds));
      }
    }
    return JsonObject.builder()
        .put("window", Members.window(traffic.from(), traffic.to()))
        .put("connections", new JsonArray(connections))
        .put("hops", new JsonArray(hops))
        .build();
  }

  /** The state that a connection has had since before an instant; empty where it had another. */
  private Optional<Since> stateAt(String connection, String state, Optional<Instant> at) {
    Since since =
        states.merge(
            connection,
            new Since(state, Optional.empty()),
            (before, now) ->
                before.state().equals(state)
                    ? before
                    : new Since(state, Optional.of(clock.instant())));
    boolean later = at.isPresent() && since.since().filter(at.get()::isBefore).isPresent();
    return later ? Optional.empty() : Optional.of(since);
  }

  private static JsonObject connection(
      Connection connection,
      Figures figures,
      double seconds,
      Optional<Since> state,
      Optional<Instant> token) {
    return JsonObject.builder()
        .put("id", connection.id())
        .put("from", connection.from().id())
        .put("to", connection.to().id())
        .put("receiver", connection.receiver().name())
        .put("requests", figures.count())
        .put("errors", figures.errors())
        .put("rate", rate(figures, seconds))
        .put("ms", percentiles(figures))
        .put("state", Members.text(state.map(Since::state)))
        .put("stateSince", Members.time(state.flatMap(Since::since)))
        .put("last", Members.time(figures.last()))
        .put("tokenSince", Members.time(token))
        .build();
  }

  private static JsonObject hop(DeployedFunction function, Figures figures, double seconds) {
    return JsonObject.builder()
        .put("function", function.name())
        .put("cloud", function.cloud().id())
        .put("layer", function.layer().title())
        .put("invocations", figures.count())
        .put("errors", figures.errors())
        .put("rate", rate(figures, seconds))
        .put("ms", percentiles(figures))
        .put("usual", Members.rounded(figures.usual()))
        .put("last", Members.time(figures.last()))
        .build();
  }

  private static JsonValue rate(Figures figures, double seconds) {
    return Members.rounded(seconds <= 0 ? 0 : figures.count() / seconds);
  }

  private static JsonValue percentiles(Figures figures) {
    if (figures.count() == 0) {
      return JsonNull.NULL;
    }
    return JsonObject.builder()
        .put("p50", Members.rounded(figures.p50()))
        .put("p95", Members.rounded(figures.p95()))
        .put("max", Members.rounded(figures.max()))
        .build();
  }
}
