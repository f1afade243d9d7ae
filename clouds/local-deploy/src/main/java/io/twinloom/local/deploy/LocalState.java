package io.twinloom.local.deploy;

import io.twinloom.deployer.TargetState;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.functions.circuit.CircuitBreaker;
import io.twinloom.local.LocalClouds;
import io.twinloom.model.Provider;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the local clouds know of their twin, for its status. */
final class LocalState {

  private LocalState() {}

  static TargetState of(LocalClouds clouds) {
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
        .build();
  }

  private static ConnectionState state(CircuitBreaker.State circuit) {
    return switch (circuit) {
      case CLOSED -> ConnectionState.READY;
      case OPEN -> ConnectionState.OPEN;
      case HALF_OPEN -> ConnectionState.PROBING;
    };
  }
}
