package io.twinloom.deployer;

import io.twinloom.deployer.Verification.Ground;
import io.twinloom.deployer.VerifyReport.Hop;
import io.twinloom.json.JsonArray;
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
  private final Ground ground;
  private final RandomGenerator random;

  TierVerification(Topology topology, Ground ground, RandomGenerator random) {
    this.topology = topology;
    this.ground = ground;
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
      ground.removeChunks(DEVICE);
    }
    return hops;
  }

  private boolean moved(String id, FunctionKind mover, FunctionKind writer, List<Hop> hops) {
    String trace = new UUID(random.nextLong(), random.nextLong()).toString();
    Instant start = ground.now();
    Hop hop = move(topology.function(mover).orElseThrow(), id, trace);
    hops.add(hop);
    topology
        .function(writer)
        .ifPresent(
            there -> {
              List<DeployedFunction> way = List.of(there);
              // Why the writer did not take it is in its log, which may show it later.
              LogLines lines = LogLines.await(ground, () -> Optional.of(trace), start, way, true);
              hops.addAll(lines.hops(way, hop.ok()));
            });
    return hop.ok();
  }

  private Hop move(DeployedFunction mover, String id, String trace) {
    long began = System.nanoTime();
    try {
      JsonValue result =
          ground.call(
              mover.name(),
              JsonObject.builder().put(VerifyMark.MEMBER, id).put("trace_id", trace).build());
      List<JsonValue> left =
          result instanceof JsonObject o
              ? o.array("left").orElse(JsonArray.EMPTY).values()
              : List.of();
      String detail =
          left.isEmpty() || !(left.getFirst() instanceof JsonObject why)
              ? "a marked chunk was moved"
              : "the marked chunk was left: " + why.text("why").orElse("");
      return new Hop(
          mover.name(),
          mover.cloud(),
          left.isEmpty(),
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
