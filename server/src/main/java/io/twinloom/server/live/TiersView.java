package io.twinloom.server.live;

import io.twinloom.deployer.control.codec.StatusJson;
import io.twinloom.deployer.live.LiveTwin;
import io.twinloom.deployer.live.RunningProject;
import io.twinloom.deployer.live.TierContents;
import io.twinloom.deployer.live.TierContents.Chunk;
import io.twinloom.deployer.live.TierContents.TierSpan;
import io.twinloom.json.JsonArray;
import io.twinloom.json.JsonNull;
import io.twinloom.json.JsonNumber;
import io.twinloom.json.JsonObject;
import io.twinloom.json.JsonValue;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Layer;
import io.twinloom.topology.Schedule;
import io.twinloom.topology.Topology;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sizes of the tiers, how far back each reaches, items a day, chunks. */
public final class TiersView {

  private static final Map<String, Layer> LAYERS =
      Map.of("hot", Layer.L3_HOT, "cold", Layer.L3_COLD, "archive", Layer.L3_ARCHIVE);

  private static final Map<String, FunctionKind> MOVERS =
      Map.of(
          "hot", FunctionKind.HOT_TO_COLD_MOVER,
          "cold", FunctionKind.COLD_TO_ARCHIVE_MOVER);

  private TiersView() {}

  /** All of it. */
  public static JsonObject json(RunningProject twin) {
    TierContents contents = twin.live().tiers();
    return JsonObject.builder()
        .put("sizes", StatusJson.tiers(twin.control().status().tiers()))
        .put("tiers", Members.list(contents.tiers(), span -> tier(twin, span)))
        .put(
            "days",
            Members.list(
                contents.days(),
                d ->
                    JsonObject.builder()
                        .put("day", d.day().toString())
                        .put("tier", d.tier())
                        .put("device", d.device())
                        .put("items", d.items())
                        .build()))
        .build();
  }

  private static JsonObject tier(RunningProject twin, TierSpan span) {
    Layer layer = LAYERS.getOrDefault(span.tier(), Layer.L3_HOT);
    String cloud = twin.project().project().placement().of(layer).map(p -> p.id()).orElse("");
    return JsonObject.builder()
        .put("tier", span.tier())
        .put("cloud", cloud)
        .put("oldest", Members.time(span.oldest()))
        .put("newest", Members.time(span.newest()))
        .put("days", days(twin, span.tier()))
        .put("devices", span.devices())
        .put("nextMove", Members.text(schedule(twin.project().topology(), span.tier())))
        .put("lastMove", Members.time(lastMove(twin, span.tier())))
        .build();
  }

  private static JsonValue days(RunningProject twin, String tier) {
    return switch (tier) {
      case "hot" -> JsonNumber.of(twin.project().project().config().hotDays());
      case "cold" -> JsonNumber.of(twin.project().project().config().coldDays());
      default -> JsonNull.NULL;
    };
  }

  private static Optional<String> mover(Topology topology, String tier) {
    return Optional.ofNullable(MOVERS.get(tier))
        .flatMap(topology::function)
        .map(function -> function.name());
  }

  private static Optional<String> schedule(Topology topology, String tier) {
    Optional<String> mover = mover(topology, tier);
    return topology.schedules().stream()
        .filter(s -> mover.equals(Optional.of(s.function())))
        .map(Schedule::cron)
        .findFirst();
  }

  private static Optional<Instant> lastMove(RunningProject twin, String tier) {
    return mover(twin.project().topology(), tier)
        .flatMap(
            name ->
                Optional.ofNullable(twin.live().traffic(LiveTwin.KEPT).functions().get(name))
                    .flatMap(figures -> figures.last()));
  }

  /** The chunks of a colder tier, newest first. */
  public static JsonObject chunks(
      RunningProject twin, String tier, Optional<String> device, int limit) {
    List<Chunk> all =
        twin.live().tiers().chunks().stream()
            .filter(c -> c.tier().equals(tier))
            .filter(c -> device.map(c.device()::equals).orElse(true))
            .sorted(Comparator.comparing(Chunk::to).reversed())
            .toList();
    JsonArray items = Members.list(all.subList(0, Math.min(limit, all.size())), TiersView::chunk);
    return JsonObject.builder().put("items", items).put("total", all.size()).build();
  }

  private static JsonObject chunk(Chunk chunk) {
    return JsonObject.builder()
        .put("key", chunk.key())
        .put("device", chunk.device())
        .put("from", chunk.from().toString())
        .put("to", chunk.to().toString())
        .put(
            "items",
            chunk.items().isPresent() ? JsonNumber.of(chunk.items().getAsLong()) : JsonNull.NULL)
        .put("bytes", chunk.bytes())
        .put("state", chunk.state())
        .build();
  }
}
