package io.twinloom.topology;

import io.twinloom.model.Provider;
import io.twinloom.model.function.FunctionSpec;
import io.twinloom.model.function.Receiver;
import io.twinloom.model.function.Route;
import java.util.List;

/**
 * A crossing of clouds: senders that call one receiver with one token.
 *
 * @param id its key in {@code config_inter_cloud.json}
 * @param from the sending cloud
 * @param to the receiving cloud
 * @param route what kind of way it is
 * @param senders names of the functions that send; empty where a view outside the functions reads
 * @param receiver the receiving function's name
 */
public record Connection(
    String id,
    Provider from,
    Provider to,
    Route route,
    List<String> senders,
    DeployedFunction receiver) {
  public Connection {
    senders = List.copyOf(senders);
  }

  /** Whether a function sends over it. */
  public boolean isSentBy(DeployedFunction function) {
    return function.cloud() == from && senders.contains(function.name());
  }

  /** Whether one request to the receiver may hold several events. */
  public boolean receiverTakesLists() {
    return FunctionSpec.of(receiver.kind()).receiver().filter(Receiver::takesLists).isPresent();
  }
}
