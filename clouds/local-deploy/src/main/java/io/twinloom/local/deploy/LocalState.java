package io.twinloom.local.deploy;

import io.twinloom.deployer.TargetState;
import io.twinloom.deployer.change.Change;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.deployer.control.StatusReport.OptionStatus;
import io.twinloom.deployer.control.StatusReport.Origin;
import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Provider;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the local clouds know of their twin, for its status. */
final class LocalState {

  private LocalState() {}

  static TargetState of(LocalClouds clouds, List<OptionStatus> options, Optional<Change> change) {
    Map<Provider, Map<String, URI>> addresses = new TreeMap<>();
    clouds
        .endpoints()
        .forEach((cloud, e) -> addresses.put(cloud, Map.of("http", e.http(), "mqtt", e.mqtt())));
    Map<String, ConnectionState> connections = new HashMap<>();
    clouds.circuits().forEach((id, circuit) -> connections.put(id, state(circuit)));
    return TargetState.of(LocalTarget.NAME)
        .addresses(addresses)
        .connections(connections)
        .backlog(clouds.backlog())
        .counters(clouds.counters())
        .warnings(clouds.warnings())
        .options(options)
        .change(change.map(Change::status))
        .lastSeen(lastSeen(clouds))
        .build();
  }

  private static Map<Provider, Map<String, Instant>> lastSeen(LocalClouds clouds) {
    Map<Provider, Map<String, Instant>> seen = new TreeMap<>();
    clouds.byProvider().keySet().forEach(cloud -> seen.put(cloud, clouds.lastSeen(cloud)));
    return seen;
  }

  /** The options that a twin was started with, and the ports that were chosen for it. */
  static List<OptionStatus> options(List<OptionStatus> shown, RunOptions kept) {
    List<OptionStatus> all = new ArrayList<>(shown);
    kept.ports()
        .forEach(
            (name, port) ->
                all.add(new OptionStatus("port " + name, port.toString(), Origin.CHOSEN)));
    return all;
  }

  private static ConnectionState state(CircuitBreaker.State circuit) {
    return switch (circuit) {
      case CLOSED -> ConnectionState.READY;
      case OPEN -> ConnectionState.OPEN;
      case HALF_OPEN -> ConnectionState.PROBING;
    };
  }
}
