package io.twinloom.functions.tier;

import io.twinloom.functions.error.ConfigurationError;
import io.twinloom.functions.intercloud.RemoteSenders;
import io.twinloom.functions.pipeline.Invocation;
import io.twinloom.functions.pipeline.RequestBody;
import io.twinloom.functions.port.FunctionRuntime;
import io.twinloom.functions.port.HotStore;
import io.twinloom.functions.port.HotStore.ItemPlace;
import io.twinloom.functions.port.HotStore.StoredItem;
import io.twinloom.functions.port.MovePlans;
import io.twinloom.functions.port.ObjectStore;
import io.twinloom.functions.settings.Environment;
import io.twinloom.functions.settings.RemoteRouteSetting;
import io.twinloom.functions.settings.RemoteRouteSetting.Route;
import io.twinloom.functions.settings.TwinInfo;
import io.twinloom.functions.telemetry.EventId;
import io.twinloom.json.Json;
import io.twinloom.json.JsonObject;
import io.twinloom.model.Layer;
import io.twinloom.model.VerifyMark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Moves the items that are older than the hot store keeps them to the cold tier, in chunks. While
 * chunks are sent, the next is read and packed, and the items of the one before are deleted.
 */
public final class HotToColdMover implements RequestBody {

  private final HotStore hot;
  private final ColdTier target;
  private final int days;
  private final FunctionRuntime runtime;
  private final MoveRunner runner;
  private final Optional<LanedMove> laned;
  private final List<String> warnings;

  /**
   * @param coldWriter the way to the cold tier
   * @param limit how long a run may take; empty: as long as it takes
   * @param suspended why it moves nothing for the time being; empty where it does
   * @param lanes how many parts of the devices it moves at once; empty: all of them by one plan
   */
  public record Settings(
      Route coldWriter,
      Optional<Duration> limit,
      Optional<String> suspended,
      Optional<Integer> lanes) {

    /** The variable that says how many lanes of devices are moved at once. */
    public static final String LANES = "MOVER_LANES_AT_ONCE";

    private static final RemoteRouteSetting COLD_WRITER =
        new RemoteRouteSetting("COLD_WRITER", Layer.L3_HOT, Layer.L3_COLD);

    /**
     * Reads {@code REMOTE_COLD_WRITER_URL} and its token, {@code MOVER_TIME_LIMIT_SECONDS} and
     * {@code MOVER_SUSPENDED} and {@link #LANES} (all optional).
     */
    public static Settings of(Environment environment, TwinInfo twin) {
      return new Settings(
          COLD_WRITER.route(environment, twin, List.of()),
          environment.seconds(MoveRunner.LIMIT),
          environment.optional(MoveRunner.SUSPENDED),
          environment.number(LANES));
    }
  }

  /**
   * @param cold this cloud's cold store; empty where that tier is on another one
   * @throws ConfigurationError if it is needed and empty
   */
  public HotToColdMover(
      Settings settings,
      TwinInfo twin,
      HotStore hot,
      Optional<ObjectStore> cold,
      MovePlans plans,
      RemoteSenders senders) {
    this(
        settings,
        twin,
        new ChunkTransfer(
            hot,
            ColdTier.along(settings.coldWriter(), twin.tiers().compressed(), cold, senders),
            task -> Thread.ofPlatform().daemon().name("hot-to-cold-mover").start(task),
            Chunk.MAX_BYTES),
        plans,
        senders.runtime());
  }

  HotToColdMover(
      Settings settings,
      TwinInfo twin,
      ChunkTransfer transfer,
      MovePlans plans,
      FunctionRuntime runtime) {
    this.warnings = settings.coldWriter().warnings();
    MoveRunner.needDays(twin.tiers());
    this.hot = transfer.hot();
    this.target = transfer.target();
    this.days = twin.tiers().hotDays();
    this.runtime = runtime;
    this.runner =
        new MoveRunner(
            plans,
            runtime,
            Duration.ofDays(1),
            settings.limit(),
            settings.suspended(),
            execution(transfer));
    this.laned =
        settings
            .lanes()
            .map(
                atOnce ->
                    new LanedMove(
                        runner,
                        MoveLane.all().stream()
                            .map(lane -> runner.inLane(lane, execution(transfer.of(lane))))
                            .toList(),
                        atOnce,
                        transfer.aside()));
  }

  private MoveRunner.PlanExecution execution(ChunkTransfer transfer) {
    return (session, result, invocation, deadline) ->
        new HotToColdRun(transfer, session, result, runtime.clock(), deadline)
            .run(invocation.traceId());
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public JsonObject run(JsonObject event, Invocation invocation) {
    MoveOrder order = MoveOrder.of(event, runtime.clock());
    if (order.marked().isPresent()) {
      return sendMarked(order.marked().get(), order.now(), invocation);
    }
    String cutOff = order.cutOff(days);
    JsonObject result;
    try {
      result =
          laned.isPresent()
              ? laned.get().run(order, cutOff, invocation)
              : runner.run(order, cutOff, invocation);
    } catch (RuntimeException e) {
      measureAnyway(cutOff, invocation, e);
      throw e;
    }
    if (MoveResult.isOfWork(result)) {
      Lateness.report(hot, cutOff, result.has(MoveResult.OPEN), invocation);
    }
    return result;
  }

  /** A mover whose runs fail would look as if it kept up: nothing would be measured. */
  private void measureAnyway(String cutOff, Invocation invocation, RuntimeException failure) {
    try {
      Lateness.report(hot, cutOff, true, invocation);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Nothing is read from the hot store or deleted there: it is the way that is tried. */
  private JsonObject sendMarked(String id, String now, Invocation invocation) {
    JsonObject mark =
        JsonObject.builder()
            .put("id", ChunkKey.VERIFY_DEVICE + "_" + now)
            .put("device_id", ChunkKey.VERIFY_DEVICE)
            .put("timestamp", now)
            .put(VerifyMark.MEMBER, id)
            .build();
    String eventId = EventId.ofItem(mark);
    StoredItem item =
        new StoredItem(
            new ItemPlace(now, eventId),
            Json.bytes(mark.toBuilder().put("event_id", eventId).build()));
    Chunk chunk = Chunk.of(ChunkKey.VERIFY_DEVICE, List.of(item), target.packs());
    MoveResult result = new MoveResult();
    switch (target.deliver(chunk, 1, invocation.traceId())) {
      case Delivery.Confirmed(String key) -> {
        result.moved(1, chunk.content().bytes());
        return MoveRunner.reported(result, invocation).toBuilder().put("key", key).build();
      }
      case Delivery.Left left -> {
        result.left(left.key(), left.why());
        return MoveRunner.reported(result, invocation);
      }
    }
  }
}
