package io.twinloom.deployer;

import io.twinloom.deployer.VerifyReport.Hop;
import io.twinloom.model.FunctionKind;
import io.twinloom.model.Project;
import io.twinloom.model.Provider;
import io.twinloom.model.TwinloomException;
import io.twinloom.model.json.Json;
import io.twinloom.model.json.JsonArray;
import io.twinloom.model.json.JsonObject;
import io.twinloom.model.json.JsonValue;
import io.twinloom.topology.DeployedFunction;
import io.twinloom.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Follows a marked measurement from its device through every function of the twin to the layer that
 * shows it: it is published like any other, its trace is found in the log, and its item is removed
 * in the end with the deployer's own right. The ways to the colder tiers are tried with a marked
 * chunk.
 */
public final class Verification {

  /** The member that marks a measurement; its value tells this one from others. */
  public static final String MARK = "_verify";

  /** What the log's line of a marked measurement has among its fields, at its first function. */
  public static final String MARK_FIELD = "verify";

  /** The functions that a measurement passes on its way to the hot store, in their order. */
  private static final List<FunctionKind> WAY_IN =
      List.of(
          FunctionKind.DISPATCHER,
          FunctionKind.CONNECTOR,
          FunctionKind.INGESTION,
          FunctionKind.PROCESSOR,
          FunctionKind.PERSISTER,
          FunctionKind.HOT_WRITER);

  /** Those that are told of it once it is stored. */
  private static final List<FunctionKind> WAY_ON =
      List.of(FunctionKind.EVENT_CHECKER, FunctionKind.TWIN_UPDATER);

  /** Those through which it is read elsewhere. */
  private static final List<FunctionKind> READERS =
      List.of(FunctionKind.DATA_CONNECTOR, FunctionKind.HISTORY_READER);

  static final Duration STEP = Duration.ofMillis(25);

  /** What a target lends for it. */
  public interface Ground {

    /** Publishes as a device and returns once it is acknowledged. */
    void publish(String device, byte[] payload, Duration limit);

    /** The log's lines since a time, of one trace or of all. */
    List<JsonObject> log(Optional<String> trace, Instant since);

    /** Calls a function with the deployer's right. */
    JsonValue call(String function, JsonObject event);

    /** Removes an item from the hot store. */
    void remove(String device, String timestamp);

    /** Removes all chunks of a device from the colder tiers. */
    void removeChunks(String device);

    /** Lets a little time pass. */
    void pause(Duration duration);

    /** How long after an event the log may still lack its lines. */
    default Duration patience() {
      return Duration.ofSeconds(2);
    }

    Instant now();
  }

  private final Project project;
  private final Topology topology;
  private final Ground ground;
  private final RandomGenerator random;

  /**
   * Makes ready to verify.
   *
   * @param topology what is deployed
   */
  public Verification(Project project, Topology topology, Ground ground, RandomGenerator random) {
    this.project = project;
    this.topology = topology;
    this.ground = ground;
    this.random = random;
  }

  /**
   * Sends one measurement in and waits for it; then tries the ways that lead on from the hot store.
   *
   * @param device whose; empty: the project's first
   * @throws TwinloomException if the project has no such device
   */
  public VerifyReport run(Optional<String> device, Duration limit) {
    String id = Long.toHexString(random.nextLong());
    Instant start = ground.now();
    SimulatedDevices.Sent sent =
        new SimulatedDevices(project, device.map(List::of).orElse(List.of()), random).next(start);
    List<Hop> hops = new ArrayList<>();
    Hop channel = published(sent.device(), sent.event().toBuilder().put(MARK, id).build(), limit);
    hops.add(channel);
    if (!channel.ok()) {
      return new VerifyReport(sent.device(), hops);
    }
    Marked marked = new Marked(id, sent.device(), start);
    Optional<JsonObject> item = awaitItem(marked, start.plus(limit));
    LogLines lines = awaitLines(marked, item.isPresent());
    hops.addAll(lines.hops(functions(WAY_IN), item.isPresent()));
    item.ifPresent(
        stored -> {
          try {
            follow(marked, lines, hops);
          } finally {
            ground.remove(sent.device(), stored.text("timestamp").orElse(""));
          }
        });
    return new VerifyReport(sent.device(), hops);
  }

  /** Goes on from the hot store, everywhere: that one way is closed says nothing of the others. */
  private void follow(Marked marked, LogLines lines, List<Hop> hops) {
    hops.add(read(FunctionKind.HOT_READER, marked));
    hops.addAll(lines.hops(functions(WAY_ON), false));
    for (FunctionKind reader : READERS) {
      if (topology.function(reader).isPresent()) {
        hops.add(read(reader, marked));
      }
    }
    hops.addAll(new TierVerification(topology, ground, random).run(marked.id()));
  }

  /** What is followed: the mark, whose it is, and its time. */
  private record Marked(String id, String device, Instant time) {}

  private Optional<JsonObject> awaitItem(Marked marked, Instant end) {
    Optional<JsonObject> item = stored(FunctionKind.HOT_READER, marked);
    while (item.isEmpty() && ground.now().isBefore(end)) {
      ground.pause(STEP);
      item = stored(FunctionKind.HOT_READER, marked);
    }
    return item;
  }

  private LogLines awaitLines(Marked marked, boolean arrived) {
    List<DeployedFunction> all = functions(WAY_IN);
    all.addAll(functions(WAY_ON));
    return LogLines.await(ground, () -> trace(marked), marked.time(), all, arrived);
  }

  private List<DeployedFunction> functions(List<FunctionKind> kinds) {
    List<DeployedFunction> there = new ArrayList<>();
    kinds.forEach(kind -> topology.function(kind).ifPresent(there::add));
    return there;
  }

  private Hop published(String device, JsonObject event, Duration limit) {
    Provider cloud = project.placement().l1();
    long start = System.nanoTime();
    try {
      ground.publish(device, Json.bytes(event), limit);
      return new Hop(
          "device-channel", cloud, true, millisSince(start), Optional.of("acknowledged"));
    } catch (TwinloomException e) {
      return new Hop("device-channel", cloud, false, -1, Optional.of(e.what()));
    }
  }

  private Optional<String> trace(Marked marked) {
    for (JsonObject line : ground.log(Optional.empty(), marked.time())) {
      boolean its =
          line.object("fields")
              .flatMap(f -> f.text(MARK_FIELD))
              .filter(marked.id()::equals)
              .isPresent();
      if (its) {
        return line.text("trace_id");
      }
    }
    return Optional.empty();
  }

  private Hop read(FunctionKind kind, Marked marked) {
    DeployedFunction reader = function(kind);
    long began = System.nanoTime();
    try {
      boolean found = stored(kind, marked).isPresent();
      return new Hop(
          reader.name(),
          reader.cloud(),
          found,
          millisSince(began),
          Optional.of(found ? "read back" : "it does not find the measurement"));
    } catch (TwinloomException e) {
      return new Hop(
          reader.name(), reader.cloud(), false, millisSince(began), Optional.of(e.what()));
    }
  }

  /** The item, which may have been moved on by some microseconds from its own time. */
  private Optional<JsonObject> stored(FunctionKind reader, Marked marked) {
    JsonValue page =
        ground.call(
            function(reader).name(),
            JsonObject.builder()
                .put("device_id", marked.device())
                .put("start", marked.time().toString())
                .put("end", marked.time().plusMillis(1).toString())
                .build());
    JsonArray items =
        page instanceof JsonObject o ? o.array("items").orElse(JsonArray.EMPTY) : JsonArray.EMPTY;
    for (JsonValue value : items) {
      if (value instanceof JsonObject item
          && item.text(MARK).filter(marked.id()::equals).isPresent()) {
        return Optional.of(item);
      }
    }
    return Optional.empty();
  }

  private DeployedFunction function(FunctionKind kind) {
    return topology
        .function(kind)
        .orElseThrow(() -> new IllegalStateException("this twin has no " + kind.id()));
  }

  static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }
}
