package io.twinloom.cost.load;

import io.twinloom.cost.demand.Component;
import io.twinloom.cost.demand.Component.Part;
import io.twinloom.cost.demand.Demand;
import io.twinloom.cost.demand.Use;
import io.twinloom.cost.estimate.Decimals;
import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Receiver;
import io.twinloom.topology.Connection;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What leaves a cloud over its connections: requests at the caller's, answers at the receiver's.
 * What comes in is free on every cloud.
 */
final class ConnectionLoads {

  /** Headers, token, signature and TLS of a request or an answer. */
  private static final BigDecimal HEADERS = Decimals.of(900);

  private static final BigDecimal ACKNOWLEDGEMENT = Decimals.of(100);
  private static final BigDecimal QUERY = Decimals.of(400);

  private final Topology topology;
  private final Traffic traffic;
  private final Batching batching;
  private final FunctionLoads loads;

  ConnectionLoads(Topology topology, Traffic traffic, Batching batching, FunctionLoads loads) {
    this.topology = topology;
    this.traffic = traffic;
    this.batching = batching;
    this.loads = loads;
  }

  /** Two parts for each connection, one on each cloud's bill. */
  List<Component> all() {
    List<Component> parts = new ArrayList<>();
    for (Connection connection : topology.connections()) {
      Exchange exchange = exchange(connection);
      BigDecimal count = requests(connection);
      parts.add(part(connection, connection.from(), count, exchange.request()));
      parts.add(part(connection, connection.to(), count, exchange.answer()));
    }
    return parts;
  }

  private record Exchange(BigDecimal request, BigDecimal answer) {}

  private static Component part(
      Connection connection, Provider cloud, BigDecimal count, BigDecimal bytes) {
    return new Component(
        Part.CONNECTION,
        connection.id(),
        Optional.of(connection.receiver().layer()),
        cloud,
        List.of(Demand.of(Use.EGRESS, count, bytes.add(HEADERS))));
  }

  /** Connections to one receiver share what it is asked. */
  private BigDecimal requests(Connection connection) {
    DeployedFunction receiver = connection.receiver();
    long sharing =
        topology.connections().stream().filter(c -> c.receiver().equals(receiver)).count();
    return Decimals.divide(loads.of(receiver).invocations(), Decimals.of(sharing));
  }

  private Exchange exchange(Connection connection) {
    FunctionSpec spec = FunctionSpec.of(connection.receiver().kind());
    BigDecimal content =
        switch (spec.layer()) {
          case L3_COLD, L3_ARCHIVE -> isRead(spec) ? traffic.historyBytes() : traffic.chunkBytes();
          default ->
              isRead(spec)
                  ? traffic.responseBytes()
                  : traffic.eventBytes().multiply(batching.events());
        };
    return isRead(spec) ? new Exchange(QUERY, content) : new Exchange(content, ACKNOWLEDGEMENT);
  }

  private boolean isRead(FunctionSpec spec) {
    return spec.receiver().filter(Receiver::isReader).isPresent();
  }
}
