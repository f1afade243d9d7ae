package io.twinloom.deployer.cloud;

import io.twinloom.deployer.TargetState;
import io.twinloom.deployer.control.ConnectionState;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Placement;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** What is written down of a twin on the clouds, for its status. */
record CloudState(CloudDataFolder folder, Placement placement) {

  TargetState get() {
    JsonObject outputs = folder.outputs().read();
    Map<String, ConnectionState> connections = new HashMap<>();
    // Each function on a cloud knows of its own calls alone: this says what has address and token.
    folder
        .connections()
        .read()
        .byId()
        .keySet()
        .forEach(id -> connections.put(id, ConnectionState.READY));
    return TargetState.of(CloudTarget.NAME)
        .urls(urls(outputs))
        .connections(connections)
        .dashboards(
            placement
                .l5()
                .flatMap(cloud -> outputs.object(cloud.id()))
                .flatMap(made -> made.text("view")))
        .build();
  }

  private static Map<String, URI> urls(JsonObject outputs) {
    Map<String, URI> urls = new HashMap<>();
    JsonObject addresses = outputs.object("endpoints").orElse(JsonObject.EMPTY);
    addresses
        .members()
        .keySet()
        .forEach(name -> addresses.text(name).ifPresent(u -> urls.put(name, URI.create(u))));
    return urls;
  }
}
