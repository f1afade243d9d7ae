package io.twinloom.server.live;

import io.twinloom.deployer.control.StatusReport.ConnectionStatus;
import io.twinloom.deployer.live.LiveTwin.Figures;
import io.twinloom.deployer.live.LiveTwin.Traffic;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
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

/** Rates and times by connection and by function. Safe for threads. */
public final class TrafficView {

  private record Since(String state, Optional<Instant> since) {}

  private final InstantSource clock;
  private final Map<String, Since> states = new ConcurrentHashMap<>();

  public TrafficView(InstantSource clock) {
    this.clock = clock;
  }

  /** What every connection and function has done in a window. */
  public JsonObject json(RunningProject twin, Duration window) {
    Traffic traffic = twin.live().traffic(window);
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
                connection, figures, seconds, circuits.getOrDefault(connection.id(), "ready")));
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

  private JsonObject connection(
      Connection connection, Figures figures, double seconds, String state) {
    Since since =
        states.merge(
            connection.id(),
            new Since(state, Optional.empty()),
            (before, now) ->
                before.state().equals(state)
                    ? before
                    : new Since(state, Optional.of(clock.instant())));
    return JsonObject.builder()
        .put("id", connection.id())
        .put("from", connection.from().id())
        .put("to", connection.to().id())
        .put("receiver", connection.receiver().name())
        .put("requests", figures.count())
        .put("errors", figures.errors())
        .put("rate", rate(figures, seconds))
        .put("ms", percentiles(figures))
        .put("state", state)
        .put("stateSince", Members.time(since.since()))
        .put("last", Members.time(figures.last()))
        .put("tokenSince", JsonNull.NULL)
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
