package io.twinloom.deployer;

import io.twinloom.deployer.control.MoveReport;
import io.twinloom.deployer.control.VerifyReport.Hop;
import io.twinloom.deployer.control.codec.MoveJson;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.VerifyMark;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Tries the ways to the colder tiers with a marked chunk, which the movers send as any other. */
final class TierVerification {

  /** The device that marked chunks are of. */
  private static final String DEVICE = "_verify";

  private final Topology topology;
  private final VerificationTarget target;
  private final StoreAccess stores;
  private final RandomGenerator random;

  TierVerification(
      Topology topology, VerificationTarget target, StoreAccess stores, RandomGenerator random) {
    this.topology = topology;
    this.target = target;
    this.stores = stores;
    this.random = random;
  }

  /** The hops to the cold tier and, if it came there, on to the archive. */
  List<Hop> run(String id) {
    List<Hop> hops = new ArrayList<>();
    try {
      if (moved(id, FunctionKind.HOT_TO_COLD_MOVER, FunctionKind.COLD_WRITER, hops)) {
        moved(id, FunctionKind.COLD_TO_ARCHIVE_MOVER, FunctionKind.ARCHIVE_WRITER, hops);
      }
    } finally {
      stores.removeChunks(DEVICE);
    }
    return hops;
  }

  private boolean moved(String id, FunctionKind mover, FunctionKind writer, List<Hop> hops) {
    String trace = new UUID(random.nextLong(), random.nextLong()).toString();
    Instant start = target.now();
    Hop hop = move(topology.function(mover).orElseThrow(), id, trace);
    hops.add(hop);
    topology
        .function(writer)
        .ifPresent(
            there -> {
              List<DeployedFunction> way = List.of(there);
              // Why the writer did not take it is in its log, which may show it later.
              LogLines lines = LogLines.await(target, () -> Optional.of(trace), start, way, true);
              hops.addAll(lines.hops(way, hop.ok()));
            });
    return hop.ok();
  }

  private Hop move(DeployedFunction mover, String id, String trace) {
    long began = System.nanoTime();
    try {
      JsonValue result =
          stores.call(
              mover.name(),
              JsonObject.builder().put(VerifyMark.MEMBER, id).put("trace_id", trace).build());
      MoveReport moved = MoveJson.read(result instanceof JsonObject o ? o : JsonObject.EMPTY);
      String detail =
          moved.left().isEmpty()
              ? "a marked chunk was moved"
              : "the marked chunk was left: " + moved.left().getFirst().why();
      return new Hop(
          mover.name(),
          mover.cloud(),
          moved.left().isEmpty(),
          Verification.millisSince(began),
          Optional.of(detail));
    } catch (TwinloomException e) {
      return new Hop(
          mover.name(),
          mover.cloud(),
          false,
          Verification.millisSince(began),
          Optional.of(e.what()));
    }
  }
}
