package io.twinloom.topology;

import io.twinloom.model.FunctionKind;
import io.twinloom.model.Provider;
import io.twinloom.model.function.Route;
import java.util.List;

/**
 * A place where the twin leaves one cloud for another, or where a view from outside comes in.
 *
 * @param id the connection's id
 * @param senders the functions that send; empty where a view reads
 * @param route what kind of way it is
 * @param why why the receiver must be exposed, as the end of "exposed because"
 */
record Crossing(
    String id, Provider from, Provider to, List<FunctionKind> senders, Route route, String why) {
  Crossing {
    senders = List.copyOf(senders);
  }

  FunctionKind receiver() {
    return route.receiver().kind();
  }
}
