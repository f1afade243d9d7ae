package io.twinloom.deployer.cloud;

import io.twinloom.deployer.ConnectionStore;
import io.twinloom.deployer.TokenGenerator;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Connections.Connection;
import io.twinloom.topology.FunctionId;
import io.twinloom.topology.Topology;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tokens of a twin's connections. A connection's address is known only after the first apply,
 * its token before: so what the functions have, or are about to have, is written down apart, and a
 * deployment that was cut off goes on with it.
 */
final class CloudTokens {

  private final CloudDataFolder folder;
  private final TokenGenerator generator;

  CloudTokens(CloudDataFolder folder, TokenGenerator generator) {
    this.folder = folder;
    this.generator = generator;
  }

  /**
   * A token for each of the topology's connections: the one it has, else a new one, written down.
   */
  Map<String, String> of(Topology topology) {
    Map<String, Connection> known = folder.connections().read().byId();
    Map<String, String> applied = applied();
    Map<String, String> tokens = new LinkedHashMap<>();
    for (io.twinloom.topology.Connection connection : topology.connections()) {
      String id = connection.id();
      Connection there = known.get(id);
      // A project may bring placeholders, which are too short for a token of ours.
      String former =
          there == null || there.token().length() < ConnectionStore.MIN_TOKEN_LENGTH
              ? applied.get(id)
              : there.token();
      tokens.put(id, former == null ? generator.next() : former);
    }
    keep(tokens);
    return tokens;
  }

  /** Takes over the tokens of a deployment by another machine, where none are known here. */
  void adopt(JsonObject byConnection) {
    if (folder.tokens().find().isEmpty() && !byConnection.members().isEmpty()) {
      folder.tokens().write(byConnection);
    }
  }

  /** What the functions have, by connection, as far as a deployment came. */
  Map<String, String> applied() {
    JsonObject kept = folder.tokens().read();
    Map<String, String> tokens = new LinkedHashMap<>();
    kept.members().keySet().forEach(id -> kept.text(id).ifPresent(t -> tokens.put(id, t)));
    return tokens;
  }

  /** Every token that is or may be in use: what no message may show. */
  Set<String> all() {
    Set<String> all = new TreeSet<>();
    folder.connections().read().byId().values().forEach(c -> add(c.token(), all));
    applied().values().forEach(token -> add(token, all));
    return all;
  }

  private static void add(String tokens, Set<String> all) {
    for (String token : tokens.split(",", -1)) {
      if (!token.isBlank()) {
        all.add(token.strip());
      }
    }
  }

  /** Writes the connections down with the addresses that they have got. */
  void connect(Topology topology, Map<String, String> tokens, Map<FunctionId, URI> addresses) {
    Map<String, Connection> connections = new LinkedHashMap<>();
    for (io.twinloom.topology.Connection c : topology.connections()) {
      URI address = addresses.get(c.receiver().id());
      String token = tokens.get(c.id());
      if (address != null && token != null) {
        connections.put(
            c.id(),
            new Connection(
                c.to(), c.receiver().kind().id(), address, token, c.receiverTakesLists()));
      }
    }
    folder.connections().saveAll(connections);
    keep(tokens);
  }

  private void keep(Map<String, String> tokens) {
    JsonObject.Builder kept = JsonObject.builder();
    tokens.forEach(kept::put);
    folder.tokens().write(kept.build());
  }
}
