package io.twinloom.cost.placement;

import io.twinloom.cost.estimate.Decimals;
import io.twinloom.cost.estimate.Estimate;
import io.twinloom.model.FunctionKind;
import io.twinloom.topology.Topology;
import java.util.List;

/**
 * Estimates how long a measurement takes, for warm functions. These are assumptions, the same for
 * every cloud, and good for comparing placements of one twin: a hop inside a cloud takes 20 to 40
 * ms with its work; a crossing takes 5 to 15 ms more for the way between two clouds of one
 * metropolitan area and, where no connection is open, up to two round trips for TLS.
 */
final class LatencyModel {

  private static final Estimate HOP = Estimate.of("20", "30", "40");
  private static final Estimate CROSSING = Estimate.of("5", "15", "45");
  private static final Estimate CALL = Estimate.of("5", "15", "60");

  /** Functions that pass a measurement on, in their order. */
  private static final List<FunctionKind> HOPS =
      List.of(
          FunctionKind.DISPATCHER,
          FunctionKind.CONNECTOR,
          FunctionKind.INGESTION,
          FunctionKind.PROCESSOR,
          FunctionKind.PERSISTER,
          FunctionKind.HOT_WRITER);

  private LatencyModel() {}

  static Latency of(Topology topology) {
    Estimate stored = Estimate.ZERO;
    for (FunctionKind kind : HOPS) {
      if (topology.function(kind).isPresent()) {
        stored = stored.plus(HOP);
      }
    }
    for (FunctionKind receiver : List.of(FunctionKind.INGESTION, FunctionKind.HOT_WRITER)) {
      if (topology.function(receiver).isPresent()) {
        stored = stored.plus(CROSSING);
      }
    }
    Estimate read = HOP;
    if (topology.function(FunctionKind.DATA_CONNECTOR).isPresent()) {
      read = read.plus(HOP).plus(CROSSING);
    }
    boolean viewCrosses =
        topology.connections().stream()
            .anyMatch(c -> c.senders().isEmpty() && !c.from().equals(c.to()));
    if (viewCrosses) {
      read = read.plus(CROSSING);
    }
    return new Latency(stored.plus(userCode(topology)), read);
  }

  /** The user's code is called by its wrapper, which waits. */
  private static Estimate userCode(Topology topology) {
    boolean some =
        topology.functions().stream().anyMatch(f -> f.kind() == FunctionKind.USER_PROCESSOR);
    return some ? CALL : Estimate.exactly(Decimals.of(0));
  }
}
