package io.twinloom.deployer;

import io.twinloom.deployer.control.RotationReport;
import io.twinloom.deployer.control.RotationReport.Rotated;
import io.twinloom.model.Connections;
import io.twinloom.model.Connections.Connection;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.error.ModelError;
import io.twinloom.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Gives connections new tokens while both of their ends run: first the receiver takes the new one
 * beside the old, then the senders send it, and when none of them sends the old one any more, that
 * is forgotten. What is written down is always what is valid, so that a rotation that was cut off
 * leaves both valid, and the next one ends it.
 */
final class TokenRotation {

  private final Topology topology;
  private final ConnectionStore store;
  private final TokenGenerator generator;
  private final TokenSwitch functions;

  TokenRotation(
      Topology topology, ConnectionStore store, TokenGenerator generator, TokenSwitch functions) {
    this.topology = topology;
    this.store = store;
    this.generator = generator;
    this.functions = functions;
  }

  /**
   * Rotates the token of one connection, or of all.
   *
   * @param only a connection's id; empty: all connections
   * @param dropFormer whether former tokens end at once, also where nobody knows who sends them
   * @throws TwinloomException if there is no such connection, or more than tokens would change:
   *     then nothing was changed; or the functions did not change in time: then both tokens are
   *     valid
   */
  RotationReport rotate(Optional<String> only, boolean dropFormer) {
    List<String> ids = ids(only);
    functions.check();
    change(ids, token -> generator.next() + "," + newest(token));
    List<Rotated> rotated = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (String id : ids) {
      boolean ends = dropFormer || hasSenders(id);
      rotated.add(new Rotated(id, !ends));
      if (ends) {
        done.add(id);
      }
    }
    if (!done.isEmpty()) {
      change(done, TokenRotation::newest);
    }
    return new RotationReport(rotated);
  }

  private void change(List<String> ids, UnaryOperator<String> token) {
    Map<String, Connection> all = new LinkedHashMap<>(store.read().byId());
    Map<String, Connection> changed = new LinkedHashMap<>();
    for (String id : ids) {
      Connection c = all.get(id);
      if (c == null) {
        throw unknown(id);
      }
      changed.put(id, c.withToken(token.apply(c.token())));
    }
    store.saveAll(changed);
    all.putAll(changed);
    functions.use(new Connections(all));
  }

  private static String newest(String tokens) {
    return tokens.split(",", -1)[0].strip();
  }

  private boolean hasSenders(String id) {
    return topology.connections().stream()
        .anyMatch(c -> c.id().equals(id) && !c.senders().isEmpty());
  }

  private List<String> ids(Optional<String> only) {
    List<String> all =
        topology.connections().stream().map(io.twinloom.topology.Connection::id).toList();
    if (only.isEmpty()) {
      return all;
    }
    if (!all.contains(only.get())) {
      throw unknown(only.get());
    }
    return List.of(only.get());
  }

  private static TwinloomException unknown(String id) {
    return new TwinloomException(
        ModelError.CONNECTION_UNKNOWN,
        "This twin has no connection " + id + ".",
        id,
        "See `tokens list` for the connections that it has.");
  }
}
